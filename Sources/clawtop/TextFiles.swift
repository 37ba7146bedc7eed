// TextFiles: the texts of files, pipes and standard input.
import Glibc

/// The text of a file, or why it cannot be read.
///
/// Pipes and devices, which may keep their reader waiting, are read where they were named on purpose:
/// `takesPipes`.
func readText(_ path: String, takesPipes: Bool = false) throws(FileError) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC | (takesPipes ? 0 : O_NONBLOCK))
    guard file >= 0 else {
        let isThere = errno != ENOENT && errno != ENOTDIR
        throw FileError(path: path, reason: isThere ? "cannot be read" : "is not there")
    }
    defer { close(file) }
    var status = stat()
    guard takesPipes || fstat(file, &status) == 0 && status.st_mode & S_IFMT == S_IFREG else {
        throw FileError(path: path, reason: "cannot be read")
    }
    return try readText(file, path)
}

/// All of standard input.
func readStandardInput() throws(FileError) -> String {
    try readText(STDIN_FILENO, "standard input")
}

/// Some devices have no end.
private let mostBytes = 64 << 20

private func readText(_ file: Int32, _ name: String) throws(FileError) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = read(file, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw FileError(path: name, reason: "cannot be read") }
        if count == 0 { break }
        bytes += buffer[..<count]
        guard bytes.count <= mostBytes else {
            throw FileError(path: name, reason: "is larger than \(mostBytes >> 20) MB")
        }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
        throw FileError(path: name, reason: "is not UTF-8")
    }
    return text
}

/// A file that cannot be used, and why.
struct FileError: Error, Equatable, CustomStringConvertible {
    var path: String
    var reason: String
    var description: String { "\(path) \(reason)" }
}
