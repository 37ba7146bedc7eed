// The engines that groups of rules name.
import Alerting
import Events
import Testing

@testable import Settings

struct RuleSourceTests {
    private let names = RuleSourceNames([
        FeedSettings(
            name: "thanos", kind: .prometheus, worlds: [.metrics],
            url: "https://me:secret@thanos.example/query/"),
        FeedSettings(
            name: "prometheus", kind: .prometheus, worlds: [.metrics],
            url: "http://127.0.0.1:9090"),
        FeedSettings(name: "consul", kind: .consul, worlds: [.registry], url: "http://consul"),
    ])

    private func read(_ source: String, _ names: RuleSourceNames?) -> RuleFile {
        RuleFile.read(
            "groups:\n- name: g\n  source: \(source)\n  rules: [{alert: A, expr: up == 0}]",
            file: "a.yml", sources: names)
    }

    @Test(arguments: [
        ("thanos", "thanos"), ("https://thanos.example/query", "thanos"),
        ("http://127.0.0.1:9090/", "prometheus"), ("127.0.0.1:9090", "prometheus"),
    ])
    func `a source is the name of a feed, or its address`(source: String, name: String) {
        let file = read(source, names)
        #expect(file.problems == [])
        #expect(file.groups.map(\.source) == [name])
    }

    @Test func `an unknown one is an error that says where, and what there is`() {
        #expect(
            read("thano", names).problems.map(\.description) == [
                "a.yml: 3:11: source \"thano\" is no prometheus feed; one of thanos, prometheus; "
                    + "did you mean thanos?"
            ])
        #expect(
            read("consul", RuleSourceNames()).problems.first?.message
                == "source \"consul\" is no prometheus feed; name one under feeds, metrics, as in "
                + "`- prometheus: http://prometheus:9090`")
    }

    @Test func `where nobody knows the feeds, any will do`() {
        #expect(read("thano", nil).problems == [])
    }
}
