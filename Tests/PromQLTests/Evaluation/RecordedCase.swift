// RecordedCase: a query with series, and what Prometheus answered.
import Events
import Foundation
import PromQL

/// One row of the recorded cases.
struct RecordedCase: Decodable {
    struct Load: Decodable {
        struct Series: Decodable {
            let series: String
            let values: String
        }
        let interval: String
        let series: [Series]
    }

    struct Expectation: Decodable {
        struct Element: Decodable {
            let metric: [String: String]
            let value: String?
            let points: [Point]?
        }
        let type: String
        let value: String?
        let samples: [Element]?
        let series: [Element]?
        let errorText: String?

        enum CodingKeys: String, CodingKey {
            case type, value, samples, series
            case errorText = "error_text"
        }
    }

    /// `[seconds, "value"]`.
    struct Point: Decodable {
        let seconds: Double
        let value: String

        init(from decoder: any Decoder) throws {
            var fields = try decoder.unkeyedContainer()
            seconds = try fields.decode(Double.self)
            value = try fields.decode(String.self)
        }
    }

    struct Remarks: Decodable {
        let infos: [String]?
        let warnings: [String]?
    }

    let id: String
    let kind: String
    let expr: String
    let time: Double?
    let start: Double?
    let end: Double?
    let step: Double?
    let ordered: Bool?
    let expect: Expectation
    let load: [Load]?
    let annotations: Remarks?
    let needs: [String]?
    let reasonClass: String?

    enum CodingKeys: String, CodingKey {
        case id, kind, expr, time, start, end, step, ordered, expect, load, annotations, needs
        case reasonClass = "reason_class"
    }

    /// Whether native histograms play a part: they are not read here.
    var hasNativeHistograms: Bool {
        expect.type == "native" || (reasonClass ?? "").hasPrefix("native histogram")
            || (load ?? []).contains { $0.series.contains { $0.values.contains("{{") } }
    }

    /// The series of the case in a store of their own.
    func store() throws -> SeriesStore {
        let store = SeriesStore(limits: StoreLimits(retention: .seconds(1e9)))
        for block in load ?? [] {
            let interval = try Self.milliseconds(block.interval)
            for series in block.series {
                let text = "\(series.series) \(series.values)"
                store.load(try SeriesDescription.parse(text), every: interval)
            }
        }
        return store
    }

    static func milliseconds(_ text: String) throws -> Int64 {
        guard case .range(let range) = try Expression.parse("x[\(text)]"),
            case .literal(let duration) = range.range
        else { throw CocoaError(.formatting) }
        return duration.milliseconds
    }

    /// What is wrong with the answer of `evaluator`; nil where it is as recorded.
    func complaint(_ evaluator: Evaluator) -> String? {
        do {
            let expression = try Expression.parse(expr)
            let answer =
                if kind == "range" {
                    try evaluator.evaluate(
                        expression, from: .at(start), to: .at(end),
                        step: .milliseconds(Int64((step ?? 0) * 1000)))
                } else {
                    try evaluator.evaluate(expression, at: .at(time))
                }
            guard expect.type != "error" else { return "no error, but \(answer.value)" }
            return complaint(answer.value) ?? complaint(answer.annotations)
        } catch {
            guard expect.type == "error" else { return "error: \(error)" }
            // What needs a feature flag is refused before it can go wrong.
            if error is ParseError, "\(error)".contains("enabled") { return nil }
            let text = "\(error)"
            let wanted = expect.errorText ?? text
            return text == wanted ? nil : "another error: \(text); wanted: \(wanted)"
        }
    }

    private func complaint(_ value: Value) -> String? {
        switch (value, expect.type) {
        case (.scalar(let number), "scalar"):
            number.isNear(expect.value) ? nil : "\(number), wanted \(expect.value ?? "")"
        case (.string(let text), "string"): text == expect.value ? nil : text
        case (.vector(let samples), "vector"):
            complaint(
                samples.map { SampleSeries($0.labels, [.init(.at(time), $0.value)]) },
                expect.samples ?? [], isOrdered: ordered ?? false)
        case (.matrix(let series), "matrix"):
            complaint(series, expect.series ?? [], isOrdered: false)
        default: "another type: \(value)"
        }
    }

    private func complaint(
        _ series: [SampleSeries], _ wanted: [Expectation.Element], isOrdered: Bool
    ) -> String? {
        let elements = wanted.map { element in
            let points = element.points?.map { (Instant.at($0.seconds), $0.value) }
            return (Labels(element.metric), points ?? [(Instant.at(time), element.value ?? "")])
        }
        let one = isOrdered ? series : series.sorted { $0.labels < $1.labels }
        let other = isOrdered ? elements : elements.sorted { $0.0 < $1.0 }
        let fits =
            one.count == other.count
            && zip(one, other).allSatisfy { mine, its in
                mine.labels == its.0 && mine.points.count == its.1.count
                    && zip(mine.points, its.1).allSatisfy {
                        $0.time == $1.0 && $0.value.isNear($1.1)
                    }
            }
        guard !fits else { return nil }
        let mine = one.map { "\($0.labels) \($0.points.map(\.value))" }
        let its = other.map { "\($0.0) \($0.1.map(\.1))" }
        return "got \(mine)\n    wanted \(its)"
    }

    private func complaint(_ annotations: [Annotation]) -> String? {
        let mine = Set(annotations.map { comparable($0.description(in: expr)) })
        let recorded = (self.annotations?.infos ?? []) + (self.annotations?.warnings ?? [])
        let its = Set(recorded.map(comparable))
        return mine == its ? nil : "remarks \(mine.sorted())\n    wanted \(its.sorted())"
    }
}

/// A remark without the number of samples it is about: over a range Prometheus merges a remark with
/// itself at every step, and counts 138 samples where there are 15.
private func comparable(_ remark: String) -> String {
    remark.replacing(/over \d+ samples/, with: "over samples")
}

extension Instant {
    static func at(_ seconds: Double?) -> Instant {
        Instant(milliseconds: Int64(((seconds ?? 0) * 1000).rounded()))
    }
}

extension Double {
    /// Whether it is the number a text tells, but for rounding.
    func isNear(_ text: String?) -> Bool {
        guard let text, let other = Double(text) else { return false }
        if isNaN || other.isNaN { return isNaN && other.isNaN }
        return self == other || abs(self - other) <= 1e-6 * max(abs(self), abs(other))
    }
}

extension SeriesStore {
    /// Appends the samples of a unit test's series.
    func load(_ series: SeriesDescription, every interval: Int64) {
        for (place, value) in series.values.enumerated() {
            let time = Instant(milliseconds: Int64(place) * interval)
            switch value {
            case .sample(let number): append(number, to: series.labels, at: time)
            case .stale: append(.stale, to: series.labels, at: time)
            case .omitted: continue
            }
        }
    }
}
