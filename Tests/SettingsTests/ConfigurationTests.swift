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
            """)
        #expect(reading.problems == [])
        let feeds = reading.configuration.feeds
        #expect(feeds.map(\.name) == ["consul", "etcd", "consul", "zipkin", "zipkin-2"])
        #expect(feeds[0].token == Secret("hush"))
        #expect("\(feeds[0])".contains("hush") == false)
        #expect(feeds[1].authorityFile == "/etc/ssl/etcd-ca.pem")
        #expect(feeds[2].deadline == .seconds(3))
        #expect(feeds[2].budget == 0.5)
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

    @Test func `every wrong entry is told, and the right ones are kept`() {
        let reading = read(
            "feeds:\n  registry:\n    - consul: nowhere\n    - etcd: http://e:1\n    - {}")
        #expect(reading.problems.map(\.place.line) == [3, 5])
        #expect(reading.configuration.feeds.map(\.name) == ["etcd"])
    }

    private func read(_ text: String) -> ConfigurationReading {
        ConfigurationReader.read(text, file: "c.yaml", themes: ["dark", "light"]) { _ in
            Secret("hush")
        }
    }
}
