// Notifier: tells receivers of alerts: one queue each, one try at a time.
package import Events
package import Network

/// Called with each new world, and at least once a second, it never waits for a receiver.
package actor Notifier {
    /// How many notices a receiver took, and how many tries failed.
    package struct Tally: Hashable, Sendable {
        package var sent = 0
        package var failed = 0

        package init() {}
    }

    private struct Line {
        var queue: ReceiverQueue
        var tally = Tally()
        var trouble = ReceiverTrouble()
        let sender: any NoticeSender
    }

    private var lines: [Line]
    private let jitter: @Sendable () -> Double
    private var alerts: [NotifiedAlert] = []
    private var now = Instant(milliseconds: 0)
    private var isLeader = false
    private var deliveries: [Delivery] = []
    private var reports: [ReceiverReport] = []
    private var tries: [Int: Task<Void, Never>] = [:]

    /// `variables` are what commands get of our environment; where there is no screen to `show`
    /// something on, receivers in front of it are passed over.
    package init(
        _ receivers: [ReceiverSettings], environment: String = "",
        flapWindow: Duration = AcknowledgementPolicy().flapWindow,
        client: any HTTPClient, variables: [String: String] = [:],
        show: (@Sendable (ScreenNotice) async -> Void)? = nil,
        jitter: @escaping @Sendable () -> Double = { .random(in: 0...1) }
    ) {
        self.jitter = jitter
        lines = receivers.compactMap { settings in
            Self.sender(settings, client, variables, show).map { sender in
                Line(
                    queue: ReceiverQueue(
                        settings, environment: environment, flapWindow: flapWindow),
                    sender: sender)
            }
        }
    }

    /// By the receivers' names.
    package var tallies: [String: Tally] {
        let pairs = lines.map { ($0.queue.settings.name, $0.tally) }
        return Dictionary(pairs) { first, _ in first }
    }

    /// Sends what is due by now.
    ///
    /// Who does not lead tells only its own screen.
    /// - Returns: what receivers were told since the last call, to be written into the ledgers.
    package func consider(
        _ alerts: [NotifiedAlert], at now: Instant, isLeader: Bool
    ) -> [Delivery] {
        (self.alerts, self.now, self.isLeader) = (alerts, now, isLeader)
        for line in lines.indices { send(line) }
        return takeDeliveries()
    }

    /// Waits for the tries that are under way.
    package func settled() async {
        while let attempt = tries.first { await attempt.value.value }
    }

    /// What receivers were told since it was asked last.
    package func takeDeliveries() -> [Delivery] {
        defer { deliveries = [] }
        return deliveries
    }

    /// Receivers that could not be told since it was asked last, or can be told again.
    package func takeReports() -> [ReceiverReport] {
        defer { reports = [] }
        return reports
    }

    private func send(_ line: Int) {
        guard isLeader || lines[line].queue.settings.isLocal else {
            lines[line].queue.standBack()
            lines[line].trouble = ReceiverTrouble()
            return
        }
        guard let notice = lines[line].queue.next(alerts, at: now) else { return }
        let sender = lines[line].sender
        tries[line] = Task {
            do throws(DeliveryError) {
                try await sender.send(notice)
                end(line, notice, nil)
            } catch {
                end(line, notice, error)
            }
        }
    }

    private func end(_ line: Int, _ notice: Notice, _ error: DeliveryError?) {
        tries[line] = nil
        if let error {
            lines[line].tally.failed += 1
            fail(line, notice, error)
        } else {
            lines[line].tally.sent += 1
            let name = lines[line].queue.settings.name
            reports += [lines[line].trouble.delivered(to: name)].compactMap(\.self)
            deliveries += lines[line].queue.delivered(notice, at: now)
            // Another group may wait.
            send(line)
        }
    }

    /// Of what was taken all the same the receiver knows.
    private func fail(_ line: Int, _ notice: Notice, _ error: DeliveryError) {
        if let taken = notice.part({ error.taken.contains($0.fingerprint) }) {
            deliveries += lines[line].queue.delivered(taken, at: now)
        }
        let left = notice.part { !error.taken.contains($0.fingerprint) } ?? notice
        lines[line].queue.failed(left, error, at: now, jitter: jitter())
        if let failure = lines[line].queue.failure {
            reports += [lines[line].trouble.failed(failure, at: now)].compactMap(\.self)
        }
    }

    private static func sender(
        _ settings: ReceiverSettings, _ client: any HTTPClient, _ variables: [String: String],
        _ show: (@Sendable (ScreenNotice) async -> Void)?
    ) -> (any NoticeSender)? {
        switch settings.channel {
        case .webhook(let url):
            WebhookSender(url: url.revealed, settings: settings, client: client)
        case .alertmanager(let url):
            AlertmanagerSender(url.revealed, settings, client)
        case .command(let words):
            CommandSender(words: words, environment: variables, deadline: settings.deadline)
        case .bell, .desktop: show.map { ScreenSender(show: $0) }
        }
    }
}
