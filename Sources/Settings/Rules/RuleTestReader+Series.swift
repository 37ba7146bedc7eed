// RuleTestReader, series: the series that a rule test is fed with.
import PromQL

extension RuleTestReader {
    /// The series of all tests of a file have no more values: a few bytes can write a million.
    private static let mostValues = 1 << 22

    /// One description a line.
    mutating func series(
        _ node: Node
    ) throws(RuleFileProblem) -> [SeriesDescription] {
        let fields = values.fields(node, of: "main.series", known: ["series", "values"])
        let text = values.string(fields["series"]) + " " + values.string(fields["values"])
        var series: [SeriesDescription] = []
        for line in text.split(separator: "\n") {
            let line = String(line).trimmed
            if line.isEmpty || line.hasPrefix("#") { continue }
            do throws(ParseError) {
                let read = try SeriesDescription.parse(line)
                valueCount += read.values.count
                series.append(read)
            } catch {
                throw RuleFileProblem(file, "series \(line.quoted): \(error)", at: [node.place])
            }
            guard valueCount <= Self.mostValues else {
                throw RuleFileProblem(
                    file, "the series have more than \(Self.mostValues) values in all",
                    at: [node.place])
            }
        }
        return series
    }
}

extension String {
    fileprivate var trimmed: String {
        let isSpace = { (character: Character) in character == " " || character == "\t" }
        return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
