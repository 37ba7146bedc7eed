// IncidentStoryTests: the demo's incidents from the alert to its history, at the screen and in a second shell.
import DefaultRules
import Foundation
import Network
import TestKit
import Testing

extension InTerminal {
    @Suite(
        .timeLimit(.minutes(6)),
        .enabled(if: Tmux.isInstalled || mustNotSkip, "tmux is not installed"))
    struct IncidentStoryTests {
        /// Nothing is to be soon here; it is to happen at all.
        private static let patience = 75.0

        @Test(arguments: IncidentStory.runs)
        func `each is told, taken, broken when it worsens, resolved and written down`(
            stories: [IncidentStory]
        ) async throws {
            try await withThrowingTaskGroup { group in
                for story in stories { group.addTask { try await tell(story) } }
                try await group.waitForAll()
            }
        }

        private func tell(_ story: IncidentStory) async throws {
            let folder = try TemporaryFolder()
            let state = folder.path
            let fleet = try Tmux("\(builtProgram) demo --serve", width: 400, height: 5)
            defer { fleet.end() }
            let ready = try await fleet.see("READY .*control=http:[^ ]+\n", within: Self.patience)
            let places = ready.split(whereSeparator: \.isWhitespace).filter { $0.contains("=http") }
            let feeds = places.filter { !$0.hasPrefix("control=") }.map { "--feed \($0)" }
            let control = try #require(places.last).trimmingPrefix("control=")
            let options = "--config \(try configure(in: folder))"

            let screen = try Tmux(
                "XDG_STATE_HOME=\(state) \(builtProgram) \(options) "
                    + feeds.joined(separator: " "), width: 200, height: 44)
            defer { screen.end() }
            let shell = Shell(state: state, options: options)
            try await play(story, on: screen, shell) { isOn in
                var request = HTTPRequest(
                    "\(control)/incident" + (isOn ? "?name=\(story.incident)" : ""))
                request.method = isOn ? "POST" : "DELETE"
                let answer = try await CurlClient.shared.send(request)
                #expect(answer.status == 200)
            }
        }

        @Test
        func `in the demo itself it is the same, with the rules and the store that it brings`()
            async throws
        {
            let folder = try TemporaryFolder()
            let state = folder.path
            let screen = try Tmux(
                "XDG_STATE_HOME=\(state) \(builtProgram) demo", width: 200, height: 44)
            defer { screen.end() }
            try await play(.crash, on: screen, Shell(state: state, options: "")) { isOn in
                let name = isOn ? IncidentStory.crash.incident : "none"
                try screen.type(":", "incident \(name)", "Enter")
            }
        }

        /// The story, from the alert to the history; `incident` starts or ends what it is about.
        private func play(
            _ story: IncidentStory, on screen: Tmux, _ shell: Shell,
            incident: (_ isOn: Bool) async throws -> Void
        ) async throws {
            /// A story that stops making sense is not told to its end.
            func see(_ pattern: String) async throws {
                let seen = try await screen.see(pattern, within: Self.patience)
                try #require(seen.range(of: pattern, options: .regularExpression) != nil)
            }
            let words = [story.alert, story.label].compactMap(\.self).joined(separator: " ")
            // Filters compare fields; the other labels are texts that are looked for.
            let filter = words.replacing("instance=", with: "")
            // Spans tell of calls: all feeds answer.
            try await see("payment +3/3 +[0-9.]+ +[0-9.]+ +[0-9]")
            try screen.type("7", "/", filter, "Enter")
            try await incident(true)
            try await see("[▲●] [a-z]+ +\(story.alert)")
            try screen.type("a")
            try await see("◆ [a-z]+ +\(story.alert) .*, (30|29)m")

            try await shell.expect("ack \(words) --as bo", ends: 1)
            try await shell.expect("ack \(words) --as bo --take-over --note mine", ends: 0)
            try await see("◆ [a-z]+ +\(story.alert) .* bo, (30|29)m")
            try await shell.expect("unack \(words) --as bo", ends: 0)
            try await see("[▲●] [a-z]+ +\(story.alert)")
            try await shell.expect("ack \(words) --as bo --until-clear", ends: 0)
            try await see("◆ [a-z]+ +\(story.alert) .* bo, until")

            switch story.worsening {
            case .another(let label):
                try await incident(true)
                try await see("[▲●] [a-z]+ +\(story.alert) .*\(label) .*fires too")
                try await incident(false)
                try await see("✓ [a-z]+ +\(story.alert) .*resolved")
            case .relapse:
                try await incident(false)
                try await see("✓ [a-z]+ +\(story.alert) .*resolved")
                try await incident(true)
                try await see("[▲●] [a-z]+ +\(story.alert) .*it was resolved and fires")
                try await incident(false)
                try await see("✓ [a-z]+ +\(story.alert) .*resolved")
            }
            let told = ["fired", "acknowledged", "acknowledged", "unacknowledged", "acknowledged"]
            let end =
                switch story.worsening {
                case .another: ["broken", "resolved"]
                case .relapse: ["resolved", "fired", "resolved"]
                }
            #expect(try await shell.history(of: story) == told + end)
        }

        /// The rules that come along, of which none looks further back than some seconds.
        private func configure(in folder: TemporaryFolder) throws -> String {
            var rules = String(decoding: DefaultRules.yaml, as: UTF8.self)
            let quick = [
                ("interval: (15|30)s", "interval: 2s"), ("[ ]for: [0-9]+s", " for: 1s"),
                ("\\[5m\\]", "[12s]"), ("\\[1m\\]", "[12s]"),
                ("keep_firing_for: 1m", "keep_firing_for: 1s"),
            ]
            for (long, short) in quick {
                rules = rules.replacingOccurrences(
                    of: long, with: short, options: .regularExpression)
            }
            try folder.write(rules, to: "rules.yaml")
            let configuration = """
                feeds: {registry: [{consul: "http://127.0.0.1:1"}]}
                rules: [rules.yaml]
                default_rules: false
                store: {sqlite: alerts.db}
                acknowledgement: {flap_window: 1s}
                """
            return try folder.write(configuration, to: "clawtop.yaml")
        }
    }
}
