import Events
import Settings
import Testing

struct ConfigurationTests {
    @Test func `a whole configuration is read`() {
        let reading = read(
            """
            environment: production
            theme: dark
            feeds:
              registry:
                - consul: http://127.0.0.1:8500
                  datacenter: dc1
                  token: env:CONSUL_HTTP_TOKEN
                - etcd: https://etcd-1:2379
                  prefix: services/
                  ca: file:/etc/ssl/etcd-ca.pem
              config:
                - consul: http://127.0.0.1:8500
                  deadline: 3s
                  budget: 0.5
              traces:
                - zipkin: consul://zipkin
                - zipkin: http://other:9411
              metrics:
                - metrics: http://node:9100
                  job: push
                  honor_labels: true
                - prometheus: http://mimir/prometheus
                  tenant: shop
            """)
        #expect(reading.problems == [])
        let feeds = reading.configuration.feeds
        #expect(
            feeds.map(\.name) == [
                "consul", "etcd", "consul", "zipkin", "zipkin-2", "metrics", "prometheus",
            ])
        #expect(feeds[0].token == Secret("hush"))
        #expect("\(feeds[0])".contains("hush") == false)
        #expect(feeds[1].authorityFile == "/etc/ssl/etcd-ca.pem")
        #expect(feeds[2].deadline == .seconds(3))
        #expect(feeds[2].budget == 0.5)
        #expect(feeds[5].job == "push")
        #expect(feeds[5].honorsLabels)
        #expect(feeds[6].tenant == "shop")
    }

    @Test(arguments: [
        ("enviroment: x", "c.yaml:1:1: unknown key \"enviroment\"; did you mean environment?"),
        (
            "theme: drak",
            "c.yaml:1:8: no theme \"drak\"; did you mean dark?; there are dark, light"
        ),
        (
            "feeds:\n  registry:\n    - consil: http://x:1",
            "c.yaml:3:7: \"consil\" tells nothing of registry; did you mean consul?; "
                + "the first key is one of consul, etcd"
        ),
        (
            "feeds:\n  registry:\n    - consul: 127.0.0.1:8500",
            "c.yaml:3:15: an address needs its scheme: write http://127.0.0.1:8500"
        ),
        (
            "feeds:\n  registry:\n    - consul: http://x:1\n      token: s3cr3t",
            "c.yaml:4:14: \"token\" must be a reference, never the secret: "
                + "env:NAME, file:PATH or exec:COMMAND"
        ),
        (
            "feeds:\n  metrics:\n    - metrics: http://x:1\n      honor_labels: yes",
            "c.yaml:4:21: \"honor_labels\" is true or false"
        ),
        (
            "feeds:\n  registry:\n    - consul: http://me:s3cr3t@x:1",
            "c.yaml:3:15: no user or password in an address; "
                + "write `user:` and `password: env:NAME`"
        ),
        (
            "feeds:\n  sagas:\n    - lra: http://x:1/lra\n      interval: soon",
            "c.yaml:4:17: \"interval\" is a duration, as in 500ms, 10s, 15m or 1h30m"
        ),
    ])
    func `what is wrong is said with its place and its remedy`(text: String, message: String) {
        #expect(read(text).problems.map(\.description) == [message])
    }

    @Test func `acknowledgements are kept where it says, and as long`() {
        let reading = read(
            """
            store:
              consul: http://10.0.0.1:8500
              token: env:CONSUL_HTTP_TOKEN
              datacenter: dc1
            acknowledgement: {expiry: 45m, flap_window: 2m, rules: {SagaStuck: 2h}}
            read_only: true
            """)
        #expect(reading.problems == [])
        let configuration = reading.configuration
        guard case .server(let server) = configuration.store else {
            Issue.record("\(configuration.store)")
            return
        }
        #expect(server.kind == .consul && server.url == "http://10.0.0.1:8500")
        #expect(server.prefix == "clawtop/" && server.datacenter == "dc1")
        #expect(server.token == Secret("hush"))
        let policy = configuration.acknowledgement
        #expect(policy.expiry(of: "Down") == .seconds(2700))
        #expect(policy.expiry(of: "SagaStuck") == .seconds(7200))
        #expect(policy.flapWindow == .seconds(120))
        #expect(configuration.isReadOnly)
    }

    @Test func `where nothing is said of it, they are kept in the state folder for half an hour`() {
        let configuration = read("environment: x").configuration
        #expect(configuration.store == .file(nil))
        #expect(configuration.acknowledgement == AcknowledgementPolicy())
        #expect(!configuration.isReadOnly)
        #expect(read("store: {sqlite: a.db}").configuration.store == .file("a.db"))
    }

    @Test(arguments: [
        (
            "store: {sqlit: a.db}",
            "1:9: \"sqlit\" keeps no acknowledgements; did you mean sqlite?; "
                + "the first key is one of sqlite, consul, etcd"
        ),
        (
            "acknowledgement: {expiry: 99999999d}",
            "1:27: \"expiry\" is longer than a year; write 365d at most"
        ),
        (
            "acknowledgement: {expiry: 365d, flap_window: 366d}",
            "1:46: \"flap_window\" is longer than a year; write 365d at most"
        ),
        (
            "acknowledgement: {rules: {SagaStuck: 53w}}",
            "1:38: an alert's expiry is longer than a year; write 365d at most"
        ),
        ("store: a.db", "1:8: expected `KIND: PLACE`, as in `store: {sqlite: alerts.db}`"),
        ("store: {sqlite: x/}", "1:17: \"sqlite\" is a file's path, as in alerts.db"),
        ("store: {sqlite: x, prefix: y}", "1:20: unknown key; one of sqlite"),
        (
            "store: {etcd: 'http://e:1', prefix: y}",
            "1:37: \"prefix\" is a folder of keys, as in clawtop/"
        ),
        (
            "store: {etcd: 'http://e:1', pasword: y}",
            "1:29: unknown key \"pasword\"; did you mean password?"
        ),
        (
            "store: {etcd: 'consul://etcd'}",
            "1:15: a store is not looked up in a registry; write http://HOST:PORT"
        ),
        (
            "store: {etcd: 'http://e:1', password: hunter2}",
            "1:39: \"password\" must be a reference, never the secret: "
                + "env:NAME, file:PATH or exec:COMMAND"
        ),
        (
            "acknowledgement: {expire: 1m}",
            "1:19: unknown key \"expire\"; did you mean expiry?"
        ),
        (
            "acknowledgement: {expiry: soon}",
            "1:27: \"expiry\" is a duration, as in 500ms, 10s, 15m or 1h30m"
        ),
        (
            "acknowledgement: {rules: [A]}",
            "1:26: \"rules\" are durations by alert, as in {SagaStuck: 2h}"
        ),
        (
            "acknowledgement: {rules: {A: soon}}",
            "1:30: an alert's expiry is a duration, as in 30m or 2h"
        ),
        ("read_only: yes", "1:12: \"read_only\" is true or false"),
    ])
    func `what is wrong with acknowledgements is said as well`(text: String, message: String) {
        #expect(read(text).problems.map(\.description) == ["c.yaml:\(message)"])
    }

    @Test func `every wrong entry is told, and the right ones are kept`() {
        let reading = read(
            "feeds:\n  registry:\n    - consul: nowhere\n    - etcd: http://e:1\n    - {}")
        #expect(reading.problems.map(\.place.line) == [3, 5])
        #expect(reading.configuration.feeds.map(\.name) == ["etcd"])
    }

    @Test func `thousands of feeds without a name are numbered in their order`() {
        let feeds = Array(repeating: "{consul: \"http://x:1\"}", count: 3000)
        let reading = read("feeds: {registry: [\(feeds.joined(separator: ", "))]}")
        #expect(
            reading.configuration.feeds.map(\.name).suffix(2) == ["consul-2999", "consul-3000"])
    }

    private func read(_ text: String) -> ConfigurationReading {
        ConfigurationReader.read(text, file: "c.yaml", themes: ["dark", "light"]) { _ in
            Secret("hush")
        }
    }
}
