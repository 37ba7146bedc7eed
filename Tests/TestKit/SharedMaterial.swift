// SharedMaterial: cases recorded from other programs, read where they lie beside the checkout.
package import Foundation
package import Testing

/// The folder of shared material: `../shared` of the checkout, or what `CLAWTOP_SHARED` names.
///
/// It is no part of the project: a test that needs it is skipped where it is not there.
package enum SharedMaterial {
    package static let missing: Comment = "no shared material beside this checkout"

    /// A file's bytes; nil where it is not there.
    package static func bytes(_ path: String) -> Data? {
        root.flatMap { try? Data(contentsOf: $0.appending(path: path)) }
    }

    /// The names of a folder's files with this ending, in order.
    package static func files(in folder: String, ending: String) -> [String] {
        guard let root else { return [] }
        let path = root.appending(path: folder).path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(ending) }.sorted()
    }

    package static func has(_ path: String) -> Bool {
        root.map { FileManager.default.fileExists(atPath: $0.appending(path: path).path) } ?? false
    }

    /// The rows of a file with one JSON object a line.
    package static func rows<Row: Decodable>(_ path: String, as type: Row.Type) throws -> [Row] {
        let decoder = JSONDecoder()
        return try (bytes(path) ?? Data()).split(separator: UInt8(ascii: "\n")).map {
            try decoder.decode(type, from: Data($0))
        }
    }

    private static let root: URL? = {
        if let named = ProcessInfo.processInfo.environment["CLAWTOP_SHARED"] {
            return URL(fileURLWithPath: named)
        }
        let checkout = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let beside = checkout.deletingLastPathComponent().appending(path: "shared")
        return FileManager.default.fileExists(atPath: beside.path) ? beside : nil
    }()
}
