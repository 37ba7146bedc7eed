// OwnMetrics: clawtop's own series, for the Prometheus that watches it.
import Events
import Notifying
import WorldModel

struct OwnMetrics {
    let world: World
    let isLeading: Bool
    let counts: WatchCounts
    let droppedLines: Int

    var text: String {
        var page = Exposition()
        page.family("clawtop_build_info", .gauge, "1, with what the program is.")
        page.sample("clawtop_build_info", [("environment", world.environment)], 1)
        alerts(&page)
        rules(&page)
        feeds(&page)
        store(&page)
        receivers(&page)
        page.single(
            "clawtop_leader", .gauge, "1 while this clawtop notifies for its store.",
            isLeading ? 1 : 0)
        page.single(
            "clawtop_journal_errors_total", .counter, "Times that the journal stopped growing.",
            Double(counts.journalErrors))
        page.single(
            "clawtop_dropped_lines_total", .counter,
            "Lines of standard output that nobody took.", Double(droppedLines))
        page.single(
            "clawtop_config_reloads_total", .counter,
            "Times that the configuration was read again.",
            Double(counts.reloads))
        page.single(
            "clawtop_config_reload_failures_total", .counter,
            "Those among them that kept the one of before.", Double(counts.failedReloads))
        return page.text
    }

    /// Every state and severity, whether there are any or not: a series must not come and go.
    private func alerts(_ page: inout Exposition) {
        var numbers: [AlertState: [Severity: Int]] = [:]
        for alert in world.alerts.open {
            numbers[alert.state, default: [:]][alert.severity, default: 0] += 1
        }
        page.family("clawtop_alerts", .gauge, "Alerts by state and severity.")
        for state in AlertState.allCases where state != .resolved {
            for severity in Severity.allCases {
                page.sample(
                    "clawtop_alerts",
                    [("state", state.rawValue), ("severity", severity.rawValue)],
                    Double(numbers[state]?[severity] ?? 0))
            }
        }
        page.single(
            "clawtop_muted_alerts", .gauge, "Firing alerts that a mute keeps quiet.",
            Double(world.alerts.muted))
    }

    private func rules(_ page: inout Exposition) {
        page.single(
            "clawtop_rules", .gauge, "Rules that are evaluated.", Double(world.alerts.rules.count))
        page.timing(
            "clawtop_rule_evaluation_duration_seconds", "How long rules took to be evaluated.",
            count: counts.evaluations, total: counts.evaluating)
        page.single(
            "clawtop_rule_evaluation_failures_total", .counter, "Evaluations that failed.",
            Double(counts.failedEvaluations))
    }

    private func feeds(_ page: inout Exposition) {
        page.family("clawtop_feed_up", .gauge, "1 while the source answers.")
        for feed in world.feeds.all {
            page.sample("clawtop_feed_up", labels(feed), feed.condition == .live ? 1 : 0)
        }
        page.family("clawtop_feed_lag_seconds", .gauge, "The age of the source's last answer.")
        for feed in world.feeds.all {
            guard let answer = feed.lastAnswer else { continue }
            let age = max(.zero, world.now - answer)
            page.sample("clawtop_feed_lag_seconds", labels(feed), Exposition.seconds(age))
        }
        page.family("clawtop_feed_requests_total", .counter, "Requests that were sent.")
        for feed in world.feeds.all {
            page.sample("clawtop_feed_requests_total", labels(feed), Double(feed.requestCount))
        }
    }

    private func labels(_ feed: FeedState) -> [(String, String)] { [("feed", feed.source.id)] }

    private func store(_ page: inout Exposition) {
        page.single(
            "clawtop_store_up", .gauge, "1 while the alert store can be read and written.",
            world.book.isRead && world.book.problem == nil ? 1 : 0)
        page.timing(
            "clawtop_store_write_duration_seconds", "How long writes took to be confirmed.",
            count: counts.store.writes, total: counts.store.writing)
        page.single(
            "clawtop_store_errors_total", .counter, "Questions and writes that failed.",
            Double(counts.store.errors))
    }

    private func receivers(_ page: inout Exposition) {
        let receivers = counts.receivers.sorted { $0.key < $1.key }
        page.family(
            "clawtop_notifications_sent_total", .counter, "Notifications that a receiver took.")
        for (name, receiver) in receivers {
            page.sample(
                "clawtop_notifications_sent_total", [("receiver", name)], Double(receiver.sent))
        }
        page.family("clawtop_notifications_failed_total", .counter, "Tries to tell it that failed.")
        for (name, receiver) in receivers {
            page.sample(
                "clawtop_notifications_failed_total", [("receiver", name)], Double(receiver.failed))
        }
    }
}
