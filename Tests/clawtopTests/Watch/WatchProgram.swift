// WatchProgram: `clawtop watch` as a program of its own, whose lines are waited for.
import Foundation
import Glibc
import TestKit

final class WatchProgram: Sendable {
    let lines = Heard<String>()
    private let child: Child

    /// With a state folder of its own, as on a machine of its own.
    init(_ configuration: String, state: String, _ options: String...) throws {
        let words = ["watch", "--config", configuration] + options
        child = try Child(
            "env", ["XDG_STATE_HOME=\(state)", builtProgram] + words, hearsErrors: true)
        let (child, lines) = (child, lines)
        Thread.detachNewThread {
            while let line = child.line() { lines.hear(line) }
            _ = child.ended()
            lines.end()
        }
    }

    deinit { child.send(SIGKILL) }

    /// How often it told of an event.
    func count(_ event: String) -> Int { Self.count(event, in: lines.all) }

    private static func count(_ event: String, in lines: [String]) -> Int {
        lines.count { $0.contains("\"event\":\"\(event)\"") }
    }

    /// Waits until it has told of an event so often; false where it ended before.
    @discardableResult
    func tells(_ event: String, times: Int = 1) async -> Bool {
        await lines.wait { Self.count(event, in: $0) >= times }
    }

    /// Ends it in order, or as `kill -9` does, and waits until it is gone.
    func end(_ signal: Int32) async {
        child.send(signal)
        await lines.wait { _ in false }
    }
}
