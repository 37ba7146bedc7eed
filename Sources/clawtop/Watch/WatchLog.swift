// WatchLog: transitions on their way to standard output, whichever engine saw them.
import Synchronization
import WorldModel

final class WatchLog: Sendable {
    let lines = LineWriter()
    private let transitions = Mutex(TransitionLog())

    func note(_ world: World, isLeading: Bool) {
        // Under the lock, so that lines keep the order of the worlds.
        transitions.withLock { transitions in
            for line in transitions.take(world, isLeading: isLeading) { lines.put(line.line) }
        }
    }
}
