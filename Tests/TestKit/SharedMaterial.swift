// SharedMaterial: recordings that lie beside the checkout, too large to be part of it.
package import FoundationEssentials

/// Files of the folder `shared`, which not every checkout has beside it.
package enum SharedMaterial {
    /// The file's contents; nil where there is no such file here.
    ///
    /// The folder is `../shared` beside the checkout, or what `CLAWTOP_SHARED` names.
    package static func file(_ path: String, from here: String = #filePath) -> Data? {
        try? Data(contentsOf: folder(from: here).appending(path: path))
    }

    /// The file's lines, each a JSON value of the type asked for; nil where there is no such file.
    package static func rows<Row: Decodable>(of path: String, as type: Row.Type) throws -> [Row]? {
        try file(path)?.split(separator: UInt8(ascii: "\n"))
            .map { try JSONDecoder().decode(type, from: $0) }
    }

    private static func folder(from here: String) -> URL {
        if let named = ProcessInfo.processInfo.environment["CLAWTOP_SHARED"] {
            return URL(filePath: named)
        }
        // This file lies in Tests/TestKit of the checkout.
        let checkout = URL(filePath: here).appending(path: "../../..").standardized
        return checkout.appending(path: "../shared").standardized
    }
}
