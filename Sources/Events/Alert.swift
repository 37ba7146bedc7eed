// Alert: what rules, ours and those of other engines, say is wrong.

/// How loud an alert is, from its label `severity`.
package enum Severity: String, Codable, Comparable, CaseIterable, Sendable {
    case info, warning, critical

    /// The words that rule files use; what nobody knows is a warning.
    package init(label: String) {
        if let known = Self(rawValue: label) {
            self = known
            return
        }
        switch label.lowercased() {
        case "critical", "page", "error", "fatal", "emergency", "disaster", "high": self = .critical
        case "info", "none", "notice", "low", "informational": self = .info
        default: self = .warning
        }
    }

    package static func < (one: Self, other: Self) -> Bool { one.rank < other.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// Where an alert stands, in the words of Prometheus, and whether somebody has it.
package enum AlertState: String, Codable, CaseIterable, Sendable {
    /// Its condition holds, not yet for as long as its rule asks.
    case pending
    case firing
    /// It fires, and somebody has it; no rule says that, but the alert's ledger.
    case acknowledged
    case resolved

    /// Whether its condition has held for long enough and holds still.
    package var isFiring: Bool { self == .firing || self == .acknowledged }
}

/// One alert, as it was at the last evaluation.
package struct AlertRecord: Hashable, Sendable, Identifiable {
    /// What its expression was worth before and since, one value a step, oldest first.
    ///
    /// Of a comparison it is the side that is compared, which has values below the threshold too;
    /// nil where it had none.
    package struct Points: Hashable, Sendable {
        package var start: Instant
        package var step: Duration
        package var values: [Double?]

        package init(start: Instant, step: Duration, values: [Double?]) {
            (self.start, self.step, self.values) = (start, step, values)
        }
    }

    /// 16 hexadecimal digits, as Alertmanager shows them.
    package var fingerprint: String
    package var name: String
    package var labels: Labels
    package var annotations: Labels
    package var state: AlertState
    package var value: Double {
        get { Double(bitPattern: valueBits) }
        set { valueBits = newValue.bitPattern }
    }
    /// Compared instead of the number: NaN is the same as NaN.
    private var valueBits: UInt64
    /// Since when its condition holds.
    package var active: Instant
    package var fired: Instant?
    package var resolved: Instant?
    package var evaluated: Instant
    /// The rule that made it: ``RuleRecord/id``; empty for an alert of another engine.
    package var rule: String
    /// The engine that told of it; nil for our own rules.
    package var feed: FeedID?
    /// Nil where nobody kept them.
    package var points: Points?
    /// The mute that it falls under; no rule says that either.
    package var mute: Mute.ID?
    /// Why another engine, which tells of the same alert, keeps it quiet.
    package var suppression: Suppression?

    package init(
        fingerprint: String, name: String, labels: Labels, annotations: Labels = Labels(),
        state: AlertState, value: Double, active: Instant, fired: Instant? = nil,
        resolved: Instant? = nil, evaluated: Instant, rule: String = "", feed: FeedID? = nil,
        points: Points? = nil, suppression: Suppression? = nil
    ) {
        (self.fingerprint, self.name, self.labels) = (fingerprint, name, labels)
        (self.annotations, self.state, valueBits) = (annotations, state, value.bitPattern)
        (self.active, self.fired, self.resolved) = (active, fired, resolved)
        (self.evaluated, self.rule, self.feed) = (evaluated, rule, feed)
        (self.points, self.suppression) = (points, suppression)
    }

    /// Nobody is called for it, here or there.
    package var isMuted: Bool { mute != nil || suppression != nil }
    package var id: String { feed.map { "\($0)/\(fingerprint)" } ?? fingerprint }
    /// Since when it fires; else since when its condition holds.
    package var begin: Instant { fired ?? active }
    /// The value where it is a number; JSON knows neither NaN nor Inf.
    package var number: Double? { value.isFinite ? value : nil }
    package var severity: Severity { Severity(label: labels["severity"]) }
}

/// One rule and how its last evaluation went.
package struct RuleRecord: Hashable, Sendable, Identifiable {
    package enum Health: String, Sendable {
        case ok, err
        /// Not evaluated yet.
        case unknown
    }

    package var group: String
    package var file: String
    package var name: String
    /// A recording rule, which makes a series; else an alert rule.
    package var isRecording: Bool
    package var expression: String
    /// The metrics that it reads here; none where it may read any.
    package var reads: Set<String> = []
    /// How long its condition holds before it fires.
    package var holdDuration: Duration
    /// How often it is evaluated; where its group does not say, ``standardInterval``.
    package var interval = RuleRecord.standardInterval
    package var labels: Labels
    package var annotations: Labels
    package var health: Health
    /// Why the last evaluation failed; empty where it did not.
    package var error: String
    package var evaluated: Instant?
    package var duration: Duration?
    /// Its alerts that are pending or firing, or the series that it made.
    package var count: Int

    package init(
        group: String, file: String, name: String, isRecording: Bool = false, expression: String,
        holdDuration: Duration = .zero, labels: Labels = Labels(), annotations: Labels = Labels(),
        health: Health = .unknown, error: String = "", evaluated: Instant? = nil,
        duration: Duration? = nil, count: Int = 0
    ) {
        (self.group, self.file, self.name) = (group, file, name)
        (self.isRecording, self.expression, self.holdDuration) = (
            isRecording, expression, holdDuration
        )
        (self.labels, self.annotations, self.health) = (labels, annotations, health)
        (self.error, self.evaluated, self.duration) = (error, evaluated, duration)
        self.count = count
    }

    package static let standardInterval = Duration.seconds(5)

    package var id: String { "\(file);\(group);\(name);\(expression)" }
}

/// What the rules came to: computed from events, and therefore none.
package struct AlertReport: Hashable, Sendable {
    /// Pending, firing, and those that were resolved within the last quarter of an hour.
    package var alerts: [AlertRecord]
    package var rules: [RuleRecord]
    /// Rule files that could not be read, and caps that were met: a sentence each.
    package var problems: [String]

    package init(
        alerts: [AlertRecord] = [], rules: [RuleRecord] = [], problems: [String] = []
    ) {
        (self.alerts, self.rules, self.problems) = (alerts, rules, problems)
    }
}
