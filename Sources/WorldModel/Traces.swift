// Traces: rate, errors and latency of every operation, and who calls whom.
package import Events

/// What an operation's or a service's spans come to over a window.
package struct LatencyRow: Sendable, Equatable {
    package var key: OperationKey
    package var summary: LatencySummary
}

/// One service's traffic over the last minute, as its own spans tell it.
package struct ServiceTraffic: Sendable, Equatable {
    package var summary: LatencySummary
    package var perSecond: Double
    /// p99 in microseconds of each half minute of the window, oldest first; nil where nothing came.
    package var p99s: [Double?]
}

package struct Traces: Sendable, Equatable {
    /// What rates and percentiles on the screen are taken over.
    package static let recent = Duration.seconds(60)

    /// Spans that began longer ago are forgotten.
    package private(set) var window = Duration.seconds(900)
    private var operations = Shards<OperationKey, Operation>()
    private var keys: [String: [OperationKey]] = [:]
    /// What each operation's spans have come to, by service; forgotten with the service.
    private var totals: [String: [String: OperationTotals]] = [:]
    /// Each service's traffic over the last minute, kept up to date.
    package private(set) var traffic: [String: ServiceTraffic] = [:]
    package private(set) var calls: [ServiceCall] = []
    package private(set) var revision = 0

    init(window: Duration = .seconds(900)) {
        self.window = window
    }

    /// The services that have spans.
    package var services: [String] { keys.keys.sorted() }

    mutating func apply(_ event: TraceEvent, from feed: FeedID, at now: Instant) {
        revision += 1
        switch event {
        case .dependencies(let calls): self.calls = calls
        case .observed(let spans, let replaced):
            let replaced = Set(replaced)
            if !replaced.isEmpty { remove(replaced) }
            var touched: Set<String> = []
            for span in spans {
                let key = OperationKey(
                    service: span.service, operation: span.operation, kind: span.kind)
                touched.insert(span.service)
                add(span, to: key)
                // A span that is told again was counted already.
                if key.kind.isOwnWork, !replaced.contains(span.id) {
                    totals[span.service, default: [:]][span.operation, default: OperationTotals()]
                        .add(span)
                }
            }
            for service in touched { traffic[service] = measure(service, at: now) }
        }
    }

    /// Time passes: windows slide, old spans go.
    mutating func forget(at now: Instant) {
        guard !keys.isEmpty else { return }
        let oldest = (now.milliseconds - window.milliseconds) / Slice.length
        for (service, ofService) in keys {
            for key in ofService { operations[key]?.forget(before: oldest) }
            keys[service] = ofService.filter { operations[$0]?.slices.isEmpty == false }
            if keys[service]?.isEmpty == true {
                (keys[service], traffic[service], totals[service]) = (nil, nil, nil)
                for key in ofService { operations[key] = nil }
            } else {
                traffic[service] = measure(service, at: now)
            }
        }
        revision += 1
    }

    /// Every operation with spans in the window, by key.
    package func rows(over window: Duration, at now: Instant) -> [LatencyRow] {
        keys.values.flatMap { $0 }.sorted().compactMap { row($0, over: window, at: now) }
    }

    /// The operations of one service.
    package func rows(of service: String, over window: Duration, at now: Instant) -> [LatencyRow] {
        (keys[service] ?? []).sorted().compactMap { row($0, over: window, at: now) }
    }

    /// How many spans of which duration came when: one histogram for each half minute of the
    /// window, oldest first.
    package func heat(of service: String, at now: Instant) -> [DurationHistogram] {
        histograms(entries(of: service), at: now)
    }

    /// p99 in microseconds of each half minute of the window, oldest first.
    package func p99s(of operation: OperationKey, at now: Instant) -> [Double?] {
        histograms([operation], at: now).map { $0.quantile(0.99) }
    }

    func samples(of service: String) -> [MetricSample] {
        (totals[service] ?? [:]).flatMap { $0.value.samples(of: $0.key, service: service) }
    }

    private mutating func add(_ span: SpanRecord, to key: OperationKey) {
        if operations[key] == nil {
            operations[key] = Operation()
            keys[key.service, default: []].append(key)
        }
        operations[key]?.add(span)
    }

    private mutating func remove(_ ids: Set<UInt64>) {
        for ofService in keys.values {
            for key in ofService { operations[key]?.remove(ids) }
        }
    }

    package func row(_ key: OperationKey, over window: Duration, at now: Instant) -> LatencyRow? {
        let summary = summarize([key], since: (now - window).milliseconds)
        return summary.count == 0 ? nil : LatencyRow(key: key, summary: summary)
    }

    private func summarize(_ keys: [OperationKey], since begin: Int64) -> LatencySummary {
        var (count, errors, durations) = (0, 0, [Int64]())
        for key in keys {
            operations[key]?.forEachSpan(since: begin) { span in
                count += 1
                if span.isError { errors += 1 }
                if span.duration >= 0 { durations.append(span.duration) }
            }
        }
        return LatencySummary(count: count, errors: errors, durations: durations)
    }

    /// The spans that stand for a service: what it served, else all it did itself.
    private func entries(of service: String) -> [OperationKey] {
        let all = keys[service] ?? []
        let served = all.filter { $0.kind == .server || $0.kind == .consumer }
        return served.isEmpty ? all : served
    }

    private func measure(_ service: String, at now: Instant) -> ServiceTraffic {
        let entries = entries(of: service)
        let summary = summarize(entries, since: (now - Self.recent).milliseconds)
        return ServiceTraffic(
            summary: summary,
            perSecond: Double(summary.count) / Double(Self.recent.milliseconds)
                * 1000, p99s: histograms(entries, at: now).map { $0.quantile(0.99) })
    }

    private func histograms(_ keys: [OperationKey], at now: Instant) -> [DurationHistogram] {
        let last = now.milliseconds / Slice.length
        let count = Int(max(1, window.milliseconds / Slice.length))
        var result = Array(repeating: DurationHistogram(), count: count)
        for key in keys {
            for slice in operations[key]?.slices ?? [] {
                let place = count - 1 - Int(last - slice.number)
                if result.indices.contains(place) { result[place].add(slice.histogram) }
            }
        }
        return result
    }
}
