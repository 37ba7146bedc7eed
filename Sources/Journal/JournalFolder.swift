// JournalFolder: the files of all sessions: `000012-003.jsonl` is the third of the twelfth session.
import Glibc

/// Sessions that run at the same time have files of their own; sorting by name is reading order.
struct JournalFolder: Sendable {
    struct Entry: Hashable, Comparable {
        var session: Int
        var part: Int

        var name: String { "\(Self.padded(session, 6))-\(Self.padded(part, 3)).jsonl" }

        init(session: Int, part: Int) {
            (self.session, self.part) = (session, part)
        }

        /// Nil for what is no file of a journal.
        init?(_ name: String) {
            guard name.hasSuffix(".jsonl") else { return nil }
            let numbers = name.dropLast(6).split(separator: "-").map { Int($0) }
            guard numbers.count == 2, let session = numbers[0], let part = numbers[1] else {
                return nil
            }
            self.init(session: session, part: part)
        }

        static func < (one: Self, other: Self) -> Bool {
            (one.session, one.part) < (other.session, other.part)
        }

        private static func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
    }

    let path: String

    func path(of entry: Entry) -> String { "\(path)/\(entry.name)" }

    /// In reading order; empty where there is no such folder.
    var entries: [Entry] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var found: [Entry] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let entry = Entry(name) { found.append(entry) }
        }
        return found.sorted()
    }

    func size(of entry: Entry) -> Int {
        var status = stat()
        return stat(path(of: entry), &status) == 0 ? Int(status.st_size) : 0
    }

    /// Makes the folder and those above it, for their owner only.
    func make() throws(JournalError) {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/\(part)"
            guard mkdir(made, 0o700) == 0 || errno == EEXIST else {
                throw JournalError(path, .system(errno))
            }
        }
        guard chmod(path, 0o700) == 0 else { throw JournalError(path, .system(errno)) }
    }

    /// The first file of a session that nobody else has.
    func beginSession() throws(JournalError) -> (entry: Entry, file: JournalFile) {
        var session = (entries.last?.session ?? 0) + 1
        while true {
            let entry = Entry(session: session, part: 1)
            do {
                return (entry, try JournalFile.create(path(of: entry)))
            } catch  where error.cause == .system(EEXIST) {
                session += 1
            }
        }
    }

    /// Removes the oldest files until what is left fits, but never `current`.
    func trim(to total: Int, keeping current: Entry) {
        let sizes = entries.map { (entry: $0, size: size(of: $0)) }
        var sum = sizes.reduce(0) { $0 + $1.size }
        for (entry, size) in sizes where sum > total && entry != current {
            unlink(path(of: entry))
            sum -= size
        }
    }
}
