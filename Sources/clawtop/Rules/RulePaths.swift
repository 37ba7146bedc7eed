// RulePaths: the files that patterns name, and what is written beside them.
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

/// Writes a text to a file; returns what went wrong.
func write(_ text: String, to path: String) -> String? {
    do {
        try Data(text.utf8).write(to: URL(filePath: path))
        return nil
    } catch {
        return "\(path) cannot be written: \(error)"
    }
}
