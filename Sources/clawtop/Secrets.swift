// Secrets: reads what `env:`, `file:` and `exec:` refer to.
import Events
import Glibc
import Settings

struct Secrets {
    let environment: [String: String]

    /// The secret without the newline that files and commands end in.
    func read(_ reference: SecretReference) throws(SecretError) -> Secret {
        switch reference {
        case .environment(let name):
            guard let value = environment[name], !value.isEmpty else {
                throw SecretError("the variable \(name) is not set; export it, or name another")
            }
            return Secret(value)
        case .file(let path):
            do {
                return try secret(try readText(path), from: path)
            } catch let error as FileError {
                throw SecretError("\(error)")
            } catch {
                throw SecretError("\(path) holds nothing")
            }
        case .command(let command):
            return try secret(try output(of: command), from: name(of: command))
        }
    }

    private func secret(_ text: String, from source: String) throws(SecretError) -> Secret {
        let line = text.prefix { !$0.isNewline }
        guard !line.isEmpty else { throw SecretError("\(source) gives nothing") }
        return Secret(String(line))
    }

    /// Its first word: its arguments may hold what nobody should read.
    private func name(of command: String) -> String {
        let words = command.split(separator: " ", maxSplits: 1)
        return "exec:\(words.first ?? "")" + (words.count > 1 ? " …" : "")
    }

    private func output(of command: String) throws(SecretError) -> String {
        guard let pipe = popen(command, "re") else {
            throw SecretError("\(name(of: command)) cannot be started")
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count < 1 << 16 {
            let count = fread(&buffer, 1, buffer.count, pipe)
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
        }
        guard pclose(pipe) == 0 else {
            throw SecretError(
                "\(name(of: command)) ended with an error; run it by hand to see which")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
