// WatchPlan: what this run watches: flags before the configuration before the environment.
import CommandLine
import Events
import Settings

/// What to watch, or that there is nothing.
struct WatchPlan: Equatable {
    var environment = ""
    var theme: String?
    var feeds: [FeedSettings] = []
    var rules = RuleLibrary()
    var store = StorePlan()
    /// Whom alerts are told to.
    var receivers: [ReceiverSettings] = []
    /// The configuration it comes from, though flags may name other feeds; nil where there is none.
    var file: String?
}

/// Why there is nothing to watch: lines for the operator.
struct PlanError: Error, Equatable {
    var lines: [String]

    var outcome: Outcome {
        Outcome(.usage, "clawtop: " + lines.joined(separator: "\n") + "\n", isError: true)
    }
}

/// Makes a plan of what the operator said.
struct WatchPlanner {
    var invocation: Invocation
    let variables: [String: String]

    private var places: Places { Places(environment: variables) }

    func plan() throws(PlanError) -> WatchPlan {
        var plan = WatchPlan()
        if let file {
            plan = try read(file)
        }
        if !invocation.feeds.isEmpty {
            plan.feeds = named(invocation.feeds.map(settings))
        } else if plan.file == nil {
            plan.feeds = named(try fromVariables())
        }
        plan.environment = invocation.environment ?? plan.environment
        plan.theme = invocation.theme ?? plan.theme
        guard !plan.feeds.isEmpty else { throw nothing(plan.file) }
        return plan
    }

    /// What the configuration says of acknowledgements, whether it names feeds or not.
    func storePlan() throws(PlanError) -> StorePlan {
        guard let file else { return StorePlan() }
        return try read(file, .acknowledgement).store
    }

    /// The rules of the configuration that is named, else those that come along: what a demo takes.
    func demoRules() throws(PlanError) -> RuleLibrary {
        guard let file = invocation.configuration else { return RuleLibrary() }
        return try read(file, .rules).rules
    }

    /// The configuration that is read; nil where there is none.
    var file: String? { invocation.configuration ?? standardFile }

    /// The file under XDG, where it is there and no flag makes it needless.
    private var standardFile: String? {
        guard invocation.feeds.isEmpty, (try? readText(places.configuration)) != nil else {
            return nil
        }
        return places.configuration
    }

    private func read(
        _ file: String, _ parts: ConfigurationReader.Parts = .all
    ) throws(PlanError) -> WatchPlan {
        let text: String
        do {
            text = try readText(file)
        } catch {
            throw PlanError(lines: ["\(error)"])
        }
        let secrets = Secrets(environment: variables)
        let themes = ThemeLibrary(folder: places.themes).names
        let reading = ConfigurationReader.read(text, file: file, themes: themes, parts: parts) {
            (reference) throws(SecretError) in try secrets.read(reference)
        }
        guard reading.problems.isEmpty else {
            throw PlanError(lines: reading.problems.map(\.description))
        }
        let configuration = reading.configuration
        return WatchPlan(
            environment: configuration.environment, theme: configuration.theme,
            feeds: configuration.feeds,
            rules: RuleLibrary(configuration, in: file),
            store: StorePlan(configuration, of: file), receivers: configuration.receivers,
            file: file)
    }

    private func settings(_ address: Invocation.FeedAddress) -> FeedSettings {
        var settings = FeedSettings(
            name: address.kind.rawValue, kind: address.kind, worlds: address.kind.worlds,
            url: address.url)
        if address.kind == .consul, let token = variables["CONSUL_HTTP_TOKEN"], !token.isEmpty {
            settings.token = Secret(token)
        }
        return settings
    }

    /// `CONSUL_HTTP_ADDR` and `ETCDCTL_ENDPOINTS`, as the tools of these systems read them.
    private func fromVariables() throws(PlanError) -> [FeedSettings] {
        var feeds: [FeedSettings] = []
        if let address = variables["CONSUL_HTTP_ADDR"], !address.isEmpty {
            let scheme = variables["CONSUL_HTTP_SSL"] == "true" ? "https" : "http"
            feeds.append(try feed(.consul, at: address, scheme, in: "CONSUL_HTTP_ADDR"))
        }
        if let endpoint = variables["ETCDCTL_ENDPOINTS"]?.split(separator: ",").first {
            feeds.append(try feed(.etcd, at: String(endpoint), "http", in: "ETCDCTL_ENDPOINTS"))
        }
        return feeds
    }

    private func feed(
        _ kind: FeedKind, at address: String, _ scheme: String, in variable: String
    ) throws(PlanError) -> FeedSettings {
        let url = address.contains("://") ? address : "\(scheme)://\(address)"
        do {
            try checkAddress(url)
        } catch {
            throw PlanError(lines: ["\(variable): \(error.message)"])
        }
        return settings(Invocation.FeedAddress(kind: kind, url: url))
    }

    /// The second server of a kind is `consul-2`.
    private func named(_ feeds: [FeedSettings]) -> [FeedSettings] {
        var counts: [FeedKind: Int] = [:]
        return feeds.map { feed in
            var feed = feed
            counts[feed.kind, default: 0] += 1
            if let count = counts[feed.kind], count > 1 { feed.name += "-\(count)" }
            return feed
        }
    }

    private func nothing(_ file: String?) -> PlanError {
        let why = file.map { "\($0) names no feed" } ?? "nothing to watch"
        return PlanError(lines: [
            "\(why).", "Name a server:",
            "  clawtop --feed consul=http://127.0.0.1:8500 --feed zipkin=http://127.0.0.1:9411",
            "or write \(places.configuration), or see it on an embedded fleet first:",
            "  clawtop demo",
        ])
    }
}
