// EndToEndTests: the program as its user meets it: in a terminal, on the embedded fleet.
import Foundation
import TestKit
import Testing

extension InTerminal {
    @Suite(
        .timeLimit(.minutes(3)),
        .enabled(if: Tmux.isInstalled || mustNotSkip, "tmux is not installed"))
    struct EndToEndTests {
        @Test(arguments: [(80, 24), (160, 50), (250, 70)])
        func `the demo shows every world, takes keys, and gives the terminal back`(
            width: Int, height: Int
        ) async throws {
            let tmux = try Tmux("\(builtProgram) demo", width: width, height: height)
            defer { tmux.end() }
            try await tmux.see("Services.*row 1 of 6")
            try await tmux.see("payment +3/3")
            try tmux.type("j")
            try await tmux.see("row 2 of 6")
            try tmux.type("?")
            try await tmux.see("help")
            try tmux.type("Escape", "4")
            try await tmux.see("order-saga")
            try tmux.type("1", "g", "Enter")
            try await tmux.see("Instances")
            try tmux.type("Escape", ":", "q", "Enter")
            try await tmux.see("ended with 0")
        }

        @Test func `forty columns and ten rows survive, and so does a resize`() async throws {
            let tmux = try Tmux("\(builtProgram) demo", width: 40, height: 10)
            defer { tmux.end() }
            try await tmux.see("gateway +2/2")
            try tmux.resize(width: 100, height: 30)
            try await tmux.see("Sagas")
            try tmux.type("q")
            try await tmux.see("ended with 0")
        }

        @Test func `a journal without a folder is told, and keeps nobody from watching`()
            async throws
        {
            try await expectWatching(
                "XDG_STATE_HOME=/dev/null/x",
                told: "/dev/null/x/clawtop/journal cannot be written: not a directory")
        }

        @Test func `a journal that cannot grow is told, and keeps nobody from watching`()
            async throws
        {
            let folder = try TemporaryFolder()
            // 64 KiB are soon full.
            try await expectWatching(
                "ulimit -f 128; XDG_STATE_HOME=\(folder.path)",
                told: "cannot be written: file too large")
        }

        private func expectWatching(_ state: String, told reason: String) async throws {
            let tmux = try Tmux("\(state) \(builtProgram) demo", width: 160, height: 44)
            defer { tmux.end() }
            try await tmux.see(reason)
            try tmux.type("j")
            try await tmux.see("● nothing is recorded")
            try await tmux.see("payment +3/3 +[0-9.]+ +[0-9.]+ +[0-9]")
            try tmux.type(":q", "Enter")
            try await tmux.see("ended with 0")
        }
    }
}
