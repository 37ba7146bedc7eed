// JournalReader: reads journals back, and says what in them cannot be read.
package import Events
import Glibc

/// Something that a journal no longer tells.
package struct JournalProblem: Hashable, Sendable, CustomStringConvertible {
    package var file: String
    package var line: Int
    package var reason: String

    package var description: String { "\(file):\(line): \(reason)" }
}

/// Reads the files of a folder in the order they were written.
package struct JournalReader: Sendable {
    private let folder: JournalFolder

    package init(folder path: String) {
        folder = JournalFolder(path: path)
    }

    /// All that can be read, and what cannot.
    package func envelopes() -> (events: [Envelope], problems: [JournalProblem]) {
        var events: [Envelope] = []
        let problems = read { events.append($0) }
        return (events, problems)
    }

    /// Hands out envelopes one by one; a session begins where the sequence begins anew.
    package func read(_ take: (Envelope) -> Void) -> [JournalProblem] {
        var reading = Reading()
        for entry in folder.entries {
            reading.begin(entry)
            let isRead = Self.lines(of: folder.path(of: entry)) { line, isWhole in
                reading.read(line, isWhole: isWhole, take)
            }
            if !isRead { reading.report("cannot be read: \(String(cString: strerror(errno)))") }
        }
        return reading.problems
    }

    /// Hands out lines without their line feed; the last one may lack it.
    private static func lines(of path: String, _ take: (ArraySlice<UInt8>, Bool) -> Void) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var rest: [UInt8] = []
        while true {
            let more = [UInt8](unsafeUninitializedCapacity: 1 << 20) { bytes, count in
                count = max(0, Glibc.read(descriptor, bytes.baseAddress, bytes.count))
            }
            guard !more.isEmpty else { break }
            rest += more
            var start = rest.startIndex
            // Line feeds are looked for in what is new only: a line may be longer than a piece.
            var from = rest.count - more.count
            while let end = rest[from...].firstIndex(of: UInt8(ascii: "\n")) {
                take(rest[start..<end], true)
                (start, from) = (end + 1, end + 1)
            }
            rest.removeFirst(start)
        }
        if !rest.isEmpty { take(rest[...], false) }
        return true
    }
}

/// What is known while reading.
private struct Reading {
    private let parser = JournalLine()
    private var file = ""
    private var session = 0
    private var line = 0
    private var lastSequence: UInt64?
    private(set) var problems: [JournalProblem] = []

    mutating func begin(_ entry: JournalFolder.Entry) {
        if session != entry.session { lastSequence = nil }
        (file, session, line) = (entry.name, entry.session, 0)
    }

    mutating func read(_ bytes: ArraySlice<UInt8>, isWhole: Bool, _ take: (Envelope) -> Void) {
        line += 1
        do {
            let envelope = try parser.decode(bytes)
            // The oldest files of a session may be gone: its first line is where it is.
            if let lastSequence, envelope.sequence > lastSequence + 1 {
                report("\(envelope.sequence - lastSequence - 1) events before it are missing")
            }
            lastSequence = envelope.sequence
            take(envelope)
        } catch {
            // Being torn is how a line ends when the machine does: nothing to be done about it.
            guard isWhole else { return }
            lastSequence = lastSequence.map { $0 + 1 }
            report("the line \(error.rawValue) and is left out")
        }
    }

    mutating func report(_ reason: String) {
        problems.append(JournalProblem(file: file, line: line, reason: reason))
    }
}
