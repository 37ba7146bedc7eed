// FileStamp: whether a file is still the one that was read.
import FoundationEssentials

/// Another one once the file is another, or was written; that of a file that is not there is one, too.
struct FileStamp: Equatable, Sendable {
    private let changed: Date?
    private let identity: [String?]

    init(of file: String) {
        // Through links: Kubernetes swaps the folder that they point into.
        let path = URL(filePath: file).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        changed = attributes?[.modificationDate] as? Date
        let keys: [FileAttributeKey] = [.size, .systemFileNumber]
        identity = keys.map { key in attributes?[key].map { "\($0)" } }
    }
}

/// Looks each second until `stamp` is another than `known`.
///
/// It must stay so for a second: a file that is being written is left alone. Returns false once the
/// task is cancelled.
func waitForChange<Stamp: Equatable>(of stamp: () -> Stamp, since known: Stamp) async -> Bool {
    var seen = known
    while (try? await Task.sleep(for: .seconds(1))) != nil {
        let now = stamp()
        if now == seen, now != known { return true }
        seen = now
    }
    return false
}
