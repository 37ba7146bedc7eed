// Trend: how the sums went over the last quarter of an hour, for sparklines.
import Events

/// The sums at one moment.
package struct TrendPoint: Sendable, Equatable {
    package var critical: Int
    package var warning: Int
    package var instances: Int
    package var sagas: Int
    package var stuck: Int
    package var blind: Int
}

/// A point every ten seconds, oldest first.
package struct Trend: Sendable, Equatable {
    private static let most = 90
    package private(set) var points: [TrendPoint] = []
    private var last: Int64 = 0

    mutating func note(_ world: World) {
        let number = world.now.milliseconds / 10_000
        let point = TrendPoint(
            critical: world.registry.counts[.critical] ?? 0,
            warning: world.registry.counts[.warning] ?? 0,
            instances: world.registry.instanceCount,
            sagas: world.sagas.all.count { !$0.isOver },
            stuck: world.sagas.stuckCount,
            blind: world.feeds.all.count(where: \.isBlind))
        if number == last, !points.isEmpty {
            points[points.count - 1] = point
            return
        }
        last = number
        points.append(point)
        if points.count > Self.most { points.removeFirst() }
    }
}
