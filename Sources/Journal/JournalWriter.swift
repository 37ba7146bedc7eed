// JournalWriter: puts envelopes on the disk before anybody sees what they did.
import Dispatch
package import Events
import Synchronization

/// How much of the disk the journal may take, in bytes.
package struct JournalCaps: Hashable, Sendable {
    package var file: Int
    package var total: Int

    package init(file: Int = 64 << 20, total: Int = 1 << 30) {
        (self.file, self.total) = (file, total)
    }
}

/// Writes the journal of one session.
///
/// Each batch is one `write`, so that killing the program loses nothing that was appended; losing
/// power loses at most what came since the last ``syncSoon()``.
package final class JournalWriter: Sendable {
    private struct State {
        var entry: JournalFolder.Entry
        var file: JournalFile
        var length = 0
        var isSynced = true
        var isFailing = false
        let line = JournalLine()
    }

    private let folder: JournalFolder
    private let caps: JournalCaps
    private let state: Mutex<State>

    /// Makes the folder, and a file in it for a new session.
    package convenience init(folder path: String, caps: JournalCaps = JournalCaps())
        throws(JournalError)
    {
        let folder = JournalFolder(path: path)
        try folder.make()
        let (entry, file) = try folder.beginSession()
        folder.trim(to: caps.total, keeping: entry)
        self.init(folder, caps, entry, file)
    }

    init(
        _ folder: JournalFolder, _ caps: JournalCaps, _ entry: JournalFolder.Entry,
        _ file: JournalFile
    ) {
        (self.folder, self.caps) = (folder, caps)
        state = Mutex(State(entry: entry, file: file))
    }

    /// Writes a batch whole or not at all.
    ///
    /// - Throws: once when writing begins to fail. Later batches are tried too, and left out in
    ///   silence, until one can be written again.
    package func append(_ envelopes: [Envelope]) throws(JournalError) {
        guard !envelopes.isEmpty else { return }
        let failure = state.withLock { state -> JournalError? in
            do throws(JournalError) {
                try write(envelopes, &state)
                state.isFailing = false
                return nil
            } catch {
                defer { state.isFailing = true }
                return state.isFailing ? nil : error
            }
        }
        if let failure { throw failure }
    }

    /// Whether the last batch could not be written.
    package var isFailing: Bool { state.withLock { $0.isFailing } }

    /// Asks the disk to keep what was written, on a thread that may wait for it.
    package func syncSoon() {
        guard let file = unsynced() else { return }
        DispatchQueue.global(qos: .utility).async { file.sync() }
    }

    /// Waits until the disk has all of it.
    package func close() {
        unsynced()?.sync()
    }

    private func unsynced() -> JournalFile? {
        state.withLock { state in
            defer { state.isSynced = true }
            return state.isSynced ? nil : state.file
        }
    }

    private func write(
        _ envelopes: [Envelope], _ state: inout State
    ) throws(JournalError) {
        var bytes: [UInt8] = []
        for envelope in envelopes {
            do { try state.line.encode(envelope, into: &bytes) } catch {
                throw JournalError(state.file.path, .unencodable)
            }
        }
        if state.length > 0, state.length + bytes.count > caps.file { try turnOver(&state) }
        try state.file.append(bytes, after: state.length)
        state.length += bytes.count
        state.isSynced = false
    }

    /// Begins the session's next file, and makes room for it.
    private func turnOver(_ state: inout State) throws(JournalError) {
        state.file.sync()
        var next = state.entry
        next.part += 1
        state.file = try JournalFile.create(folder.path(of: next))
        (state.entry, state.length) = (next, 0)
        folder.trim(to: caps.total - caps.file, keeping: next)
    }
}
