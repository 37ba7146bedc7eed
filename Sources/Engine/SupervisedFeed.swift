// SupervisedFeed: a feed, and what its supervisor must know of it.
package import Events

package struct SupervisedFeed: Sendable {
    let feed: any Feed
    let staleAfter: Duration
    let takeRequests: @Sendable () -> Int

    /// - Parameters:
    ///   - feed: what to run.
    ///   - interval: how often it answers when all is well; nil for a watch.
    ///   - staleAfter: how long it may be silent; by default three intervals, at least 30 s.
    ///   - takeRequests: how many requests were sent since it was last called.
    package init(
        _ feed: any Feed, interval: Duration? = nil, staleAfter: Duration? = nil,
        takeRequests: @escaping @Sendable () -> Int = { 0 }
    ) {
        self.feed = feed
        self.staleAfter = staleAfter ?? max(.seconds(30), (interval ?? .zero) * 3)
        self.takeRequests = takeRequests
    }
}
