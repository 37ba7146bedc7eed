// AckLoop: somebody who runs `clawtop ack` again and again, while switches flip.
import Foundation
import Glibc
import Synchronization
import TestKit

/// What came of each is remembered by its note.
final class AckLoop: Sendable {
    struct Record: Sendable {
        /// The switch of each that ended with 0.
        var confirmed: [String: Int] = [:]
        /// Those that ended otherwise, or were killed.
        var doubted: [String: Int] = [:]
    }

    private let board: Switchboard
    private let configuration: String
    private let record = Mutex(Record())
    private let isOver = Mutex(false)

    init(_ board: Switchboard, _ configuration: String) {
        (self.board, self.configuration) = (board, configuration)
    }

    func end() { isOver.withLock { $0 = true } }

    /// Goes on until `end()` was called and so many are confirmed; waits on its own thread.
    func run(atLeast count: Int) async throws -> Record {
        try await onThread { [self] in
            var number = 0
            while !isOver.withLock(\.self) || record.withLock(\.confirmed.count) < count {
                try acknowledge(Int.random(in: 0..<board.count), "ack-\(number)")
                number += 1
                if Int.random(in: 0..<3) == 0 { board.flip(Int.random(in: 0..<board.count)) }
            }
            return record.withLock(\.self)
        }
    }

    private func acknowledge(_ number: Int, _ note: String) throws {
        let words = [
            "ack", "SwitchOn", "n=\(number)", "--until-clear", "--note", note, "--config",
            configuration,
        ]
        guard Int.random(in: 0..<8) == 0 else {
            let ended = try TestKit.run(builtProgram, words)
            keep(number, note, isConfirmed: ended.code == 0)
            return
        }
        let child = try Child(builtProgram, words, hearsErrors: true)
        usleep(.random(in: 0..<200_000))
        child.send(SIGKILL)
        keep(number, note, isConfirmed: child.ended().code == 0)
    }

    private func keep(_ number: Int, _ note: String, isConfirmed: Bool) {
        record.withLock { record in
            if isConfirmed {
                record.confirmed[note] = number
            } else {
                record.doubted[note] = number
            }
        }
    }
}
