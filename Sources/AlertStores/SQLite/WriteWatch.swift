// WriteWatch: hears that somebody committed to a database, in this program or another.
import Dispatch
import Glibc
import Synchronization

/// Who has committed touches the file, because to look when it is written to is too early.
///
/// The commit itself is in shared memory. inotify tells of the touch, which costs nothing while
/// nobody writes; a slow clock looks as well, should a writer have died between the two.
final class WriteWatch: Sendable {
    private struct State {
        var count: UInt64 = 0
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var tickets: UInt64 = 0
    }

    private final class Bell: Sendable {
        let state = Mutex(State())

        func ring() {
            let waiters = state.withLock { state in
                state.count &+= 1
                defer { state.waiters = [:] }
                return state.waiters
            }
            for waiter in waiters.values { waiter.resume() }
        }
    }

    private let bell = Bell()
    // Made here and cancelled at the end; Dispatch's own threads do the rest.
    private nonisolated(unsafe) let sources: [any DispatchSourceProtocol]

    init(path: String) {
        let queue = DispatchQueue(label: "alert store watch")
        let written = Self.source(path, queue, bell)
        let clock = DispatchSource.makeTimerSource(queue: queue)
        let pause = DispatchTimeInterval.seconds(written == nil ? 1 : 10)
        clock.schedule(deadline: .now() + pause, repeating: pause, leeway: .milliseconds(500))
        clock.setEventHandler { [bell] in bell.ring() }
        clock.activate()
        sources = [clock] + [written].compactMap(\.self)
    }

    deinit {
        for source in sources { source.cancel() }
    }

    private static func source(
        _ path: String, _ queue: DispatchQueue, _ bell: Bell
    ) -> (any DispatchSourceProtocol)? {
        let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { return nil }
        let mask = UInt32(IN_ATTRIB) | UInt32(IN_MOVE_SELF)
        guard inotify_add_watch(descriptor, path, mask) >= 0 else {
            close(descriptor)
            return nil
        }
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler {
            var bytes = [UInt8](repeating: 0, count: 4096)
            while read(descriptor, &bytes, bytes.count) > 0 {}
            bell.ring()
        }
        source.setCancelHandler { close(descriptor) }
        source.activate()
        return source
    }

    /// Tells all who watch the file, and oneself.
    static func touch(_ path: String) { _ = utimensat(AT_FDCWD, path, nil, 0) }

    /// How often it was told; to be taken before reading what ``written(after:)`` waits for.
    var count: UInt64 { bell.state.withLock { $0.count } }

    /// Waits until it is told again; returns too early rather than too late.
    func written(after count: UInt64) async {
        let ticket = bell.state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let mustWait = bell.state.withLock { state in
                    guard state.count == count, !Task.isCancelled else { return false }
                    state.waiters[ticket] = waiter
                    return true
                }
                if !mustWait { waiter.resume() }
            }
        } onCancel: {
            bell.state.withLock { $0.waiters.removeValue(forKey: ticket) }?.resume()
        }
    }
}
