// Secrets: reads what `env:`, `file:` and `exec:` refer to.
import Events
import Glibc
import Settings

struct Secrets {
    let environment: [String: String]

    /// The secret without the newline that files and commands end in.
    ///
    /// An error repeats a name only where it can be nothing else: people write the secret itself there.
    func read(_ reference: SecretReference) throws(SecretError) -> Secret {
        switch reference {
        case .environment(let name):
            guard let value = environment[name], !value.isEmpty else {
                throw SecretError(
                    "the variable\(name.canOnlyBeAName ? " \(name)" : "") is not set; export it, or name another"
                )
            }
            return Secret(value)
        case .file(let path):
            let isPath = ["/", "./", "../"].contains { path.hasPrefix($0) }
            let text: String
            do {
                text = try readText(path)
            } catch {
                throw SecretError("\(isPath ? error.path : "the file") \(error.reason)")
            }
            return try secret(text, from: isPath ? path : "the file")
        case .command(let command):
            return try secret(try output(of: command), from: "the command")
        }
    }

    private func secret(_ text: String, from source: String) throws(SecretError) -> Secret {
        let line = text.prefix { !$0.isNewline }
        guard !line.isEmpty else { throw SecretError("\(source) gives nothing") }
        return Secret(String(line))
    }

    private func output(of command: String) throws(SecretError) -> String {
        // What it complains of may hold what nobody should read; the keyboard is not its own, and a
        // session of its own has no terminal to ask at.
        let line = "exec 2>/dev/null </dev/null\n\(command)"
        guard let pipe = popen("exec setsid sh -c \(line.shellQuoted)", "re") else {
            throw SecretError("the command cannot be started")
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count < 1 << 16 {
            let count = fread(&buffer, 1, buffer.count, pipe)
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
        }
        guard pclose(pipe) == 0 else {
            throw SecretError("the command ended with an error; run it by hand to see which")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension String {
    fileprivate var shellQuoted: String { "'\(replacing("'", with: "'\\''"))'" }

    /// Keys of some clouds are capitals and digits too, but long, and without an underscore.
    fileprivate var canOnlyBeAName: Bool {
        let isSpelled = allSatisfy { $0.isUppercase || $0.isNumber || $0 == "_" }
        return isSpelled && (count <= 10 || contains("_") && !contains(where: \.isNumber))
    }
}
