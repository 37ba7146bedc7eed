// RulePaths: the files that patterns name, and what is read and written beside them.
import FoundationEssentials
import Glibc

/// The folder that a file is in.
func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// The files that a pattern with `*`, `?` and `[…]` names, in order; relative to `folder`.
func paths(matching pattern: String, in folder: String) -> [String] {
    let path = pattern.hasPrefix("/") || folder == "." ? pattern : "\(folder)/\(pattern)"
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(path, 0, nil, &found) == 0, let names = found.gl_pathv else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { index in
        names[index].map { String(cString: $0) }
    }
}

/// All of standard input.
func readStandardInput() throws(FileError) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = read(STDIN_FILENO, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw FileError(path: "standard input", reason: "cannot be read") }
        if count == 0 { break }
        bytes += buffer[..<count]
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
        throw FileError(path: "standard input", reason: "is not UTF-8")
    }
    return text
}

/// Writes a text to a file; returns what went wrong.
func write(_ text: String, to path: String) -> String? {
    do {
        try Data(text.utf8).write(to: URL(filePath: path))
        return nil
    } catch {
        return "\(path) cannot be written: \(error)"
    }
}
