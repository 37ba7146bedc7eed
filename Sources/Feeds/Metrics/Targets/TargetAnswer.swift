// TargetAnswer: what a target answered, or why it did not.
import Events
import Network

/// An answer and the server that gave it, which names itself in errors.
struct TargetAnswer: Sendable {
    private let server: Server
    private let result: Result<HTTPAnswer, FeedError>

    /// What is wrong with an answer, which quotes it: servers repeat what they were sent.
    ///
    /// Our secrets are hidden before it is cut: half a secret is one too.
    private func shown(_ words: String) -> String {
        let words = server.hidden(words)
        return words.count > Self.longest ? words.prefix(Self.longest) + "…" : words
    }

    private static let longest = 400
    /// For errors: a scrape has no path that says more than the address.
    private static let path = "the scrape"

    /// Asks the server.
    init(of server: Server) async {
        self.server = server
        do throws(FeedError) {
            result = .success(try await server.ask(""))
        } catch {
            result = .failure(error)
        }
    }

    /// What it comes to for `target`.
    func taken(
        by target: inout ScrapedTarget, _ time: ScrapeTime, nextNumber: inout Int
    ) throws(FeedError) -> (event: MetricEvent, count: ScrapeCount) {
        let answer = try result.get()
        try server.check(answer, from: Self.path)
        let type = answer.headers["Content-Type"] ?? ""
        guard let format = ExpositionFormat(contentType: type) else {
            let given = type.isEmpty ? "no Content-Type" : "the Content-Type \(type.utf8.goQuoted)"
            throw server.unreadable(
                Self.path,
                shown(
                    "metrics come as text/plain or application/openmetrics-text, "
                        + "and this has \(given)"))
        }
        do throws(ScrapeFault) {
            var taken = try target.take(answer.body, format, time, nextNumber: &nextNumber)
            if case .scraped(var scrape) = taken.event {
                scrape.series = scrape.series.map(server.secrets.hidden(in:))
                taken.event = .scraped(scrape)
            }
            return taken
        } catch {
            guard case .unreadable(var fault) = error else {
                throw server.unreadable(Self.path, "\(error)")
            }
            fault.message = shown(fault.message)
            throw server.unreadable(Self.path, "\(fault)")
        }
    }
}

/// What the scrapes of all targets came to.
struct ScrapeSummary {
    var failures: [FeedError] = []
    private(set) var targets = 0
    private var count = ScrapeCount()

    mutating func add(_ more: ScrapeCount) {
        targets += 1
        count.samples += more.samples
        count.doubles += more.doubles
        count.outOfBounds += more.outOfBounds
    }

    /// `3 of 4 targets, 5,120 samples; 10.0.0.3:8080 refused the connection`.
    var note: String {
        let all = targets + failures.count
        let which = all > 1 ? "\(targets) of \(all) targets, " : ""
        var parts = [which + count.samples.counted("sample")]
        if count.doubles > 0 {
            parts.append("\(count.doubles.grouped) of a series that was there already, left out")
        }
        if count.outOfBounds > 0 {
            parts.append("\(count.outOfBounds.grouped) too old or too new, left out")
        }
        return (parts + failures.prefix(3).map(\.description)).joined(separator: "; ")
    }
}
