import Events
import PromQL
import Testing

struct LabelsTests {
    @Test func `labels are sorted by name, the last of a name counts, empty ones are none`() {
        let labels = Labels([Label("b", "1"), Label("a", "2"), Label("c", ""), Label("b", "3")])
        #expect(labels.pairs == [Label("a", "2"), Label("b", "3")])
        #expect(labels == Labels(["a": "2", "b": "3", "d": ""]))
        #expect(labels["c"] == "")
    }

    @Test func `a copy does not see what is set in the other`() {
        let one = Labels(["a": "1"])
        var other = one
        other["b"] = "2"
        other["a"] = ""
        #expect(one == Labels(["a": "1"]))
        #expect(other == Labels(["b": "2"]))
        #expect(one.hashValue != other.hashValue)
    }

    @Test func `labels are kept or dropped by name`() {
        let labels = Labels(["__name__": "up", "a": "1", "b": "2"])
        #expect(labels.metricName == "up")
        #expect(labels.keeping(["b", "c"]) == Labels(["b": "2"]))
        #expect(labels.dropping(["__name__", "a"]) == Labels(["b": "2"]))
    }

    @Test func `series come by their labels, the shorter first`() {
        let sorted = [
            Labels(), Labels(["a": "1"]), Labels(["a": "1", "b": "1"]), Labels(["a": "2"]),
            Labels(["b": "1"]),
        ]
        #expect(sorted.reversed().sorted() == sorted)
    }

    @Test func `messages show labels in braces and quotes`() {
        let labels = Labels(["__name__": "up", "a b": "x\\y\n\"z\""])
        #expect(labels.description == #"{__name__="up", "a b"="x\\y\n\"z\""}"#)
        #expect(Labels(["1y": "k", "y1": "k"]).description == #"{"1y"="k", y1="k"}"#)
    }
}
