// ConsulFetch: the complete lists of some services, asked for side by side.
import Events
import Network

/// What became of asking for one service.
struct ConsulFetched: Sendable {
    var service: String
    var result: Result<ConsulReading<ConsulListing>, FeedError>
}

extension ConsulServer {
    /// Asks for each of `services`, at most `width` at a time; throws where asking on is no use.
    func fetch(
        _ services: [String], width: Int, isStale: Bool, outputLimit: Int, output: any FeedOutput
    ) async throws -> [ConsulFetched] {
        try await withThrowingTaskGroup(of: ConsulFetched.self) { group in
            var fetched: [ConsulFetched] = []
            var left = services[...]
            func ask(_ service: String) {
                group.addTask {
                    try await one(service, isStale, outputLimit, output)
                }
            }
            left.prefix(width).forEach(ask)
            left = left.dropFirst(width)
            while let next = try await group.next() {
                fetched.append(next)
                if let service = left.popFirst() { ask(service) }
            }
            return fetched
        }
    }

    private func one(
        _ service: String, _ isStale: Bool, _ outputLimit: Int, _ output: any FeedOutput
    ) async throws -> ConsulFetched {
        do {
            let reading = try await persisting(output) { _ in
                try await instances(of: service, isStale: isStale, outputLimit: outputLimit)
            }
            return ConsulFetched(service: service, result: .success(reading))
        } catch let error as FeedError where error.isRefusal {
            return ConsulFetched(service: service, result: .failure(error))
        }
    }
}
