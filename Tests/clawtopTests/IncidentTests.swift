// IncidentTests: what is broken on purpose is on the screen within two seconds.
import Network
import TestKit
import Testing

/// An incident, and the words by which the screen shows it.
struct Sign: Sendable, CustomTestStringConvertible {
    var incident: String
    var words: String
    /// The rule of those that come along which fires for it.
    var alert: String
    /// What stands there once it is mended; nil where the screen rightly remembers it for a while.
    var mended: String?

    var testDescription: String { incident }

    /// The ones that leave nothing behind come first.
    static let all = [
        Sign(
            incident: "crashed-instance", words: "payment +2/3", alert: "InstanceCritical",
            mended: "payment +3/3"),
        Sign(
            incident: "flapping-check", words: "inventory +2/3", alert: "CheckFlapping",
            mended: "inventory +3/3"),
        Sign(
            incident: "dead-registry", words: "blind: consul", alert: "FeedBlind",
            mended: "answers again"),
        Sign(incident: "bad-config", words: "payment/production v41 → v42", alert: "ConfigDrift"),
        Sign(incident: "stuck-compensation", words: "409 balance locked", alert: "SagaStuck"),
        Sign(
            incident: "slow-payment",
            words: "payment +3/3 +[0-9.]+ +[0-9.]+ +(\\d\\.\\ds|[5-9]\\d\\dms)",
            alert: "LatencyBurn"),
    ]
}

extension InTerminal {
    @Suite(
        .timeLimit(.minutes(5)),
        .enabled(if: Tmux.isInstalled || mustNotSkip, "tmux is not installed"))
    struct IncidentTests {
        /// Two seconds, and what typing and reading a terminal take.
        private static let soon = 2.5
        /// The row of payment once its calls are counted.
        private static let busy = "payment +3/3 +[0-9.]+ +[0-9.]+ +[0-9]"

        @Test(arguments: Sign.all)
        func `an incident shows within two seconds in the demo`(sign: Sign) async throws {
            let tmux = try Tmux("\(builtProgram) demo", width: 160, height: 44)
            defer { tmux.end() }
            try await tmux.see(Self.busy)
            try tmux.type(":", "incident \(sign.incident)", "Enter")
            try await tmux.see(sign.words, within: Self.soon)
            // Some rules wait on purpose; what fires is a line of the changes wherever one looks.
            try await tmux.see("\(sign.alert) fires", within: 75)
            try tmux.type(":", "incident none", "Enter")
            if let mended = sign.mended { try await tmux.see(mended) }
        }

        @Test func `whoever watches the fleet from outside sees each of them as soon`() async throws
        {
            let fleet = try Tmux("\(builtProgram) demo --serve", width: 400, height: 5)
            defer { fleet.end() }
            let ready = try await fleet.see("READY .*control=http:[^ ]+\n")
            let places = ready.split(whereSeparator: \.isWhitespace).filter { $0.contains("=http") }
            let feeds = places.filter { !$0.hasPrefix("control=") }.map { "--feed \($0)" }
            let control = try #require(places.last).trimmingPrefix("control=")

            let tmux = try Tmux(
                "\(builtProgram) \(feeds.joined(separator: " "))", width: 160, height: 44)
            defer { tmux.end() }
            try await tmux.see(Self.busy)
            for sign in Sign.all {
                try await ask("POST", "\(control)/incident?name=\(sign.incident)")
                try await tmux.see(sign.words, within: Self.soon)
                try await ask("DELETE", "\(control)/incident")
                if let mended = sign.mended { try await tmux.see(mended) }
            }
        }

        private func ask(_ method: String, _ url: String) async throws {
            var request = HTTPRequest(url)
            request.method = method
            #expect(try await CurlClient.shared.send(request).status == 200)
        }
    }
}
