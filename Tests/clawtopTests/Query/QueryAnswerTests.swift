// QueryAnswerTests: what `clawtop query` prints, as text and as JSON.
import Events
import PromQL
import TestKit
import Testing

@testable import clawtop

private let moment = Question.Time.moment(Instant(milliseconds: 1_700_000_000_120))

private func answer(
    _ value: Value, warnings: [String] = [], infos: [String] = []
) -> QueryAnswer {
    QueryAnswer(value, at: moment, warnings: warnings, infos: infos)
}

struct QueryAnswerTests {
    @Test func `a vector is a line for each sample`() {
        let value = Value.vector([
            Sample(Labels(["__name__": "up", "job": "a", "instance": "h:1"]), 1),
            Sample(Labels(["b": "c"]), 0.00001), Sample(Labels(["__name__": "x"]), .nan),
            Sample(Labels(), -.infinity),
        ])
        #expect(
            answer(value).text(.text) == """
                up{instance="h:1", job="a"} => 1 @[1700000000.12]
                {b="c"} => 0.00001 @[1700000000.12]
                x => NaN @[1700000000.12]
                {} => -Inf @[1700000000.12]

                """)
        #expect(answer(.vector([])).text(.text) == "")
    }

    @Test func `scalars, strings and matrices have their own form`() {
        #expect(answer(.scalar(2.5)).text(.text) == "scalar: 2.5 @[1700000000.12]\n")
        #expect(answer(.string("so\u{1B}[2J")).text(.text) == "so·[2J\n")
        let series = SampleSeries(
            Labels(["__name__": "a"]), [.init(.second(1), 1), .init(.second(16), 2)])
        #expect(answer(.matrix([series])).text(.text) == "a =>\n1 @[1]\n2 @[16]\n")
    }

    @Test func `JSON is that of Prometheus' API`() {
        let value = Value.vector([Sample(Labels(["__name__": "up", "job": "a"]), 1)])
        #expect(
            answer(value).text(.json)
                == #"{"status":"success","data":{"resultType":"vector","result":"#
                + #"[{"metric":{"__name__":"up","job":"a"},"value":[1700000000.12,"1"]}]}}"# + "\n")
        #expect(
            answer(.scalar(1e-7), warnings: ["so"], infos: ["and so"]).text(.json)
                == #"{"status":"success","data":{"resultType":"scalar","result":[1700000000.12,"1e-07"]},"#
                + #""warnings":["so"],"infos":["and so"]}"# + "\n")
        let series = SampleSeries(Labels(), [.init(.second(1), .infinity)])
        #expect(
            answer(.matrix([series])).text(.json).contains(
                #""result":[{"metric":{},"values":[[1,"+Inf"]]}]"#))
    }

    @Test func `what labels hold does nothing to a terminal`() {
        let value = Value.vector([Sample(Labels(["a": "\u{1B}]0;x\u{07}\u{202E}\n"]), 1)])
        let harmful = { (text: String) in
            text.dropLast().unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E }
        }
        #expect(!harmful(answer(value).text(.text)))
        #expect(!harmful(answer(value).text(.json)))
    }

    @Test(arguments: [
        ("evil\u{1B}[31mred\u{1B}]0;title\u{07}", #"{"evil\x1b[31mred\x1b]0;title\a"}"#),
        (#"late"# + "\n" + #"fake{x="1"} => 99 @[1]"#, #"{"late\nfake{x=\"1\"} => 99 @[1]"}"#),
        ("0", #"{"0"}"#), ("job:rate:5m", "job:rate:5m"),
    ])
    func `a name that is no plain one stands between quotation marks`(name: String, shown: String) {
        let labels = Labels(["__name__": name])
        #expect(
            answer(.vector([Sample(labels, 1)])).text(.text) == "\(shown) => 1 @[1700000000.12]\n")
        let series = SampleSeries(labels, [.init(.second(1), 1)])
        #expect(answer(.matrix([series])).text(.text) == "\(shown) =>\n1 @[1]\n")
    }

    @Test func `labels follow a name between quotation marks`() {
        let value = Value.vector([Sample(Labels(["__name__": "a.b", "job": "x"]), 1)])
        #expect(answer(value).text(.text) == "{\"a.b\", job=\"x\"} => 1 @[1700000000.12]\n")
    }
}

struct QuestionTests {
    private func question(_ change: (inout Question) -> Void) -> Question {
        var question = Question()
        change(&question)
        return question
    }

    private func time(_ change: (inout Question) -> Void) -> String {
        do throws(QuestionError) {
            let time = try question(change).time(now: .second(1000), past: .seconds(45))
            return switch time {
            case .moment(let at): "at \(at.secondsText)"
            case .span(let from, let to, let step):
                "\(from.secondsText) to \(to.secondsText) each \(step)"
            }
        } catch {
            return "\(error)"
        }
    }

    @Test func `a question is about one moment, or a span with defaults`() {
        #expect(time { _ in } == "at 1000")
        #expect(time { $0.at = .second(5) } == "at 5")
        #expect(time { $0.step = .seconds(5) } == "955 to 1000 each 5.0 seconds")
        #expect(time { $0.start = .second(0) } == "0 to 1000 each 15.0 seconds")
        #expect(time { $0.end = .second(100) } == "55 to 100 each 15.0 seconds")
        #expect(time { ($0.start, $0.end) = (.second(5), .second(4)) } == "--end is before --start")
        #expect(
            time { ($0.at, $0.step) = (.second(5), .seconds(1)) }.hasPrefix("--at is one moment"))
        #expect(
            time { ($0.start, $0.step) = (.second(0), .milliseconds(1)) }
                .hasPrefix("exceeded maximum resolution of 11,000 points"))
    }

    @Test(arguments: [
        ("1700000000", 1_700_000_000_000), ("1700000000.5", 1_700_000_000_500), ("-1.5", -1500),
        ("2026-11-24T03:21:00Z", 1_795_490_460_000),
        ("2024-02-29T23:59:60+01:00", 1_709_247_600_000),
        ("1970-01-01T00:00:00.0019Z", 1), ("1969-12-31T23:59:59Z", -1000),
    ])
    func `a moment is seconds since 1970, or RFC 3339`(text: String, milliseconds: Int64) {
        #expect(Instant(question: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "now", "1e300", "2026-11-24", "2026-13-24T00:00:00Z", "2026-11-24T03:21:00",
        "2026-11-24T03:21:00.Z", "2026-11-24T03:21:00Zx", "nan", "--1",
    ])
    func `what is no moment is none`(text: String) {
        #expect(Instant(question: text) == nil)
    }
}
