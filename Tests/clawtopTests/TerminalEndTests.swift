// TerminalEndTests: however the program ends, the terminal is as it was.
import Glibc
import TestKit
import Testing

extension InTerminal {
    @Suite(.timeLimit(.minutes(5)))
    struct TerminalEndTests {
        /// What leaves the alternate screen.
        private static let left = "\u{1B}[?1049l"

        /// The dashboard on a server that refuses, after its first frame.
        private func dashboard(after preparation: String = ":") async throws -> PtyProgram {
            let line =
                "ulimit -c 0; \(preparation); "
                + "exec env TERM=xterm-256color \(builtProgram) --feed lra=http://127.0.0.1:1"
            let program = try PtyProgram("/bin/sh", ["-c", line])
            try #require(try await program.writes("refused the connection"))
            #expect(program.written.contains("\u{1B}[?1049h") && !program.hasModesBack)
            return program
        }

        @Test(arguments: [SIGHUP: 0, SIGINT: 0, SIGTERM: 143, SIGQUIT: 131])
        func `asked to end, it gives the terminal back`(signal: Int32, code: Int32) async throws {
            let program = try await dashboard()
            program.send(signal)
            #expect(try await program.exitCode(within: 10) == code)
            #expect(program.hasModesBack && program.written.contains(Self.left))
        }

        @Test(arguments: ["\u{3}", "q"])
        func `a key that quits gives it back too`(key: String) async throws {
            let program = try await dashboard()
            program.type(key)
            #expect(try await program.exitCode(within: 10) == 0)
            #expect(program.hasModesBack && program.written.contains(Self.left))
        }

        @Test(arguments: [SIGABRT, SIGILL, SIGSEGV, SIGBUS, SIGFPE, SIGTRAP])
        func `a crash gives it back, and is told as what it is`(signal: Int32) async throws {
            let program = try await dashboard()
            program.send(signal)
            #expect(try await program.exitCode(within: 10) == 128 + signal)
            #expect(program.hasModesBack && program.written.contains(Self.left))
        }

        @Test(arguments: [":", "trap '' HUP"])
        func `a terminal that is closed ends it`(preparation: String)
            async throws
        {
            let program = try await dashboard(after: preparation)
            program.hangUp()
            #expect(try await program.exitCode(within: 10) == 0)
        }

        @Test(.enabled(if: Tmux.isInstalled || mustNotSkip, "tmux is not installed"))
        func `Ctrl-Z gives the terminal to the shell, and fg takes it again`() async throws {
            let tmux = try Tmux("env PS1='shell: ' sh -i", width: 100, height: 30)
            defer { tmux.end() }
            try await tmux.see("shell:")
            try tmux.type("\(builtProgram) --feed lra=http://127.0.0.1:1", "Enter")
            try await tmux.see("blind: lra")
            for _ in 1...2 {
                try tmux.type("C-z")
                let shell = try await tmux.see("Stopped")
                #expect(!shell.contains("blind: lra"))
                try tmux.type("clear; echo the shell is $((6 * 7))", "Enter")
                try await tmux.see("the shell is 42")
                try tmux.type("fg", "Enter")
                try await tmux.see("blind: lra")
            }
            try tmux.type("q")
            // What is typed before that is not the shell's.
            try await tmux.see("(?s)shell: fg.*shell:")
            try tmux.type("echo it ended with $?", "Enter")
            try await tmux.see("it ended with 0")
        }
    }
}
