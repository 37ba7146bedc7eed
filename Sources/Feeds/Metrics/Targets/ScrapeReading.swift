// ScrapeReading: a target's answer read into samples of known series and labels of new ones.
import Events

/// Reads one answer; what it finds is only remembered where all of it can be read.
struct ScrapeReading {
    /// A scrape with more samples is refused whole.
    static let sampleLimit = 50_000
    /// Samples that say they are older, or so much in the future, are left out, as in Prometheus.
    private static let oldest = Duration.seconds(3600)
    private static let farthest = Duration.seconds(600)

    private let memory: TargetMemory
    private let target: TargetLabels
    private let now: Instant
    /// What was read so far.
    private(set) var read = ReadScrape()
    private var fresh: [Labels: Int] = [:]
    /// Where in the last answer the next series is expected.
    private var expected = 0
    /// Where in the last answer a series was, by its number.
    private lazy var places = Dictionary(
        memory.last.lines.enumerated().map { ($1.number, $0) }, uniquingKeysWith: { $1 })

    /// New series are numbered from `firstNumber` on.
    init(_ memory: TargetMemory, _ target: TargetLabels, firstNumber: Int, at now: Instant) {
        (self.memory, self.target, self.now) = (memory, target, now)
        read.firstNumber = firstNumber
    }

    /// The number of a series that is no line of the answer.
    mutating func number(of labels: Labels) -> Int {
        if let known = memory.numbers[labels] ?? fresh[labels] { return known }
        let number = read.firstNumber + read.series.count
        read.series.append(labels)
        fresh[labels] = number
        return number
    }

    /// Reads all of it, and beyond the limit counts what there is.
    mutating func read(
        _ bytes: [UInt8], _ format: ExpositionFormat
    ) throws(ScrapeFault) {
        var parser = ExpositionParser(bytes, format)
        read.bytes = parser.bytes
        var isOverLimit = false
        while let line = try next(&parser) {
            read.exposed += 1
            let at = line.timestamp.map { Instant(milliseconds: $0) }
            guard at.map(isNear) ?? true else {
                read.outOfBounds += 1
                continue
            }
            guard read.lines.count < Self.sampleLimit else {
                isOverLimit = true
                continue
            }
            let number = try number(of: line, parser)
            read.lines.append((line.series, number))
            read.samples.append(ScrapedSample(number: number, value: line.value, at: at))
        }
        guard !isOverLimit else { throw .tooManySamples }
    }

    private func next(
        _ parser: inout ExpositionParser
    ) throws(ScrapeFault) -> ExpositionParser.Line? {
        do throws(ExpositionError) {
            return try parser.next()
        } catch {
            throw .unreadable(error)
        }
    }

    /// Most targets write their series in the same order each time: that needs no labels.
    private mutating func number(
        of line: ExpositionParser.Line, _ parser: ExpositionParser
    ) throws(ScrapeFault) -> Int {
        let last = memory.last
        if expected < last.lines.count {
            let (series, number) = last.lines[expected]
            if last.bytes[series].elementsEqual(parser.bytes[line.series]) {
                expected += 1
                return number
            }
        }
        let labels: Labels
        do throws(ExpositionError) {
            labels = try parser.labels()
        } catch {
            throw .unreadable(error)
        }
        let number = number(of: target.added(to: labels))
        if let place = places[number] { expected = place + 1 }
        return number
    }

    private func isNear(_ moment: Instant) -> Bool {
        now - Self.oldest <= moment && moment <= now + Self.farthest
    }
}

/// Why an answer is not taken.
enum ScrapeFault: Error, CustomStringConvertible {
    case unreadable(ExpositionError)
    case tooManySamples

    var description: String {
        switch self {
        case .unreadable(let error): error.description
        case .tooManySamples:
            "sample limit exceeded: \(ScrapeReading.sampleLimit.grouped) samples and more"
        }
    }
}
