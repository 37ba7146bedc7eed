// Desk: one group of rules at work, and when its turn is.
import Alerting
import Events
import PromQL

struct Desk {
    /// Groups without an interval of their own are evaluated this often.
    static let interval = RuleRecord.standardInterval

    let evaluation: RuleGroupEvaluation
    /// Tells it apart from any other of this run.
    let number: Int
    private(set) var due = Instant(milliseconds: 0)
    /// The metrics of ours that it reads; nil: any.
    let reads: Set<String>?
    /// Something that it reads has changed since it was evaluated.
    private var isBehind = false
    /// As they were after the last evaluation.
    private(set) var alerts: [AlertRecord]
    private(set) var rules: [RuleRecord]
    /// A big engine was asked, and has not answered yet.
    private(set) var isAsking = false
    /// The big engine has answered once, or could not.
    private(set) var isAnswered = false
    /// How often in a row the big engine could not be reached.
    private var strikes = 0

    init(_ evaluation: RuleGroupEvaluation, number: Int) {
        (self.evaluation, self.number) = (evaluation, number)
        reads = evaluation.group.source == nil ? evaluation.metricNames : []
        (alerts, rules) = (evaluation.alertRecords, evaluation.ruleRecords)
    }

    var group: RuleGroup { evaluation.group }
    /// Its last evaluation held up others.
    var isSlow: Bool {
        rules.reduce(.zero) { $0 + ($1.duration ?? .zero) } > .milliseconds(200)
    }
    /// Evaluated here, not by a big engine.
    var isOurs: Bool { group.source == nil }
    private var interval: Duration { group.interval ?? Self.interval }

    /// Takes note that metrics of these names have changed.
    mutating func note(_ names: Set<String>) {
        guard !names.isEmpty else { return }
        isBehind = isBehind || reads.map { !$0.isDisjoint(with: names) } ?? true
    }

    /// Whether its interval is over, or something has changed that it reads; a slow one keeps to its
    /// interval, unless somebody waits for what the rules come to.
    func isDue(at now: Instant, isAwaited: Bool) -> Bool {
        guard !isAsking else { return false }
        return due <= now || isBehind && (isAwaited || !isSlow)
    }

    /// - Returns: how many alerts have changed their state.
    mutating func evaluate(at now: Instant) -> Int {
        defer { keepRecords() }
        isBehind = false
        let transitions = evaluation.evaluate(at: now)
        // A pending alert fires when its time has come, however rarely its group is evaluated.
        due = min(now + interval, evaluation.nextFiring(after: now) ?? now + interval)
        return transitions.count
    }

    /// What a big engine is to be asked.
    mutating func ask(at now: Instant) -> RuleQuestion {
        isAsking = true
        due = now + interval
        return RuleQuestion(group, number: number, at: now)
    }

    /// Takes what the big engine said; one that is away is left alone for a while.
    ///
    /// - Returns: how many alerts have changed their state.
    mutating func take(_ reply: RuleReply, at now: Instant) -> Int {
        defer { keepRecords() }
        let transitions = evaluation.take(reply.answers, at: reply.question.at)
        (isAsking, isAnswered) = (false, true)
        strikes = reply.isUnavailable ? strikes + 1 : 0
        if reply.isUnavailable { due = max(due, now + Backoff.wait(after: strikes)) }
        return transitions.count
    }

    private mutating func keepRecords() {
        (alerts, rules) = (evaluation.alertRecords, evaluation.ruleRecords)
    }
}
