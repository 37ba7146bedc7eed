// Tmux: a program in a real terminal, typed at and read as a person would.
import Foundation
package import Testing

/// One tmux server of its own with one window; ended by ``end()``.
package final class Tmux {
    package static var isInstalled: Bool { path("tmux") != nil }

    private let socket = "clawtop-test-\(UUID().uuidString.prefix(8))"
    private let width: Int
    private let height: Int

    /// Runs `command` in a terminal of this size.
    package init(
        _ command: String, width: Int, height: Int, environment: [String: String] = [:]
    ) throws {
        (self.width, self.height) = (width, height)
        let variables = environment.flatMap { ["-e", "\($0.key)=\($0.value)"] }
        // The server that this starts keeps what it is given: a pipe would never come to its end.
        _ = try run(
            "tmux",
            ["-L", socket, "-f", "/dev/null", "new-session", "-d"]
                + ["-x", "\(width)", "-y", "\(height)"] + variables
                + ["sh", "-c", "\(command); echo \"ended with $?\"; cat"],
            isHeard: false)
    }

    /// What stands on the screen.
    package var screen: String { (try? tmux(["capture-pane", "-p"])) ?? "" }

    /// Types keys by their tmux names: `Enter`, `Escape`, `j`.
    package func type(_ keys: String...) throws {
        for key in keys { try tmux(["send-keys", key]) }
    }

    package func resize(width: Int, height: Int) throws {
        try tmux(["resize-window", "-x", "\(width)", "-y", "\(height)"])
    }

    /// Waits until the screen matches, and returns it; records what it showed instead where it never does.
    @discardableResult
    package func see(
        _ pattern: String, within seconds: Double = 20,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let end = Date(timeIntervalSinceNow: seconds)
        var seen = ""
        while Date() < end {
            seen = screen
            if seen.range(of: pattern, options: .regularExpression) != nil { return seen }
            // tmux tells nobody that a screen changed: asking again is the only way.
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("never saw /\(pattern)/; saw:\n\(seen)", sourceLocation: sourceLocation)
        return seen
    }

    /// Writes all that the program sends to its terminal from now on into a file, as it is.
    package func record(to file: String) throws {
        try tmux(["pipe-pane", "cat >> '\(file)'"])
    }

    /// Waits until the clock in the first line has gone on so often.
    package func seeSeconds(_ count: Int) async throws {
        for _ in 0..<count {
            let clock = screen.firstMatch(of: /\d\d:\d\d:\d\d/).map { String($0.output) } ?? ""
            try await see("^(?!.*\(clock))")
        }
    }

    package func end() {
        _ = try? tmux(["kill-server"])
    }

    @discardableResult
    private func tmux(_ arguments: [String]) throws -> String {
        try run("tmux", ["-L", socket, "-f", "/dev/null"] + arguments).printed
    }
}

/// Where a program lies on the path.
package func path(_ program: String) -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return folders.split(separator: ":").map { "\($0)/\(program)" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
}
