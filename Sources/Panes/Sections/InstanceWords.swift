// InstanceWords: a service's instances and their checks in a few words.
import Drawing
import Events
import Wording
import WorldModel

enum InstanceWords {
    /// `1 critical, 2 passing`, the sickest first.
    static func summary(of service: Service) -> [Span] {
        let sick: [(Int, Health)] = [
            (service.critical, .critical), (service.warning, .warning),
            (service.unknown, .unknown), (service.maintenance, .maintenance),
        ]
        let passing = service.instances.count - sick.reduce(0) { $0 + $1.0 }
        let all = sick + [(passing, .passing)]
        let parts = all.filter { $0.0 > 0 }.map { count, health in
            Span("\(grouped(count)) \(health.rawValue)", Style(health.role))
        }
        return parts.enumerated().flatMap { $0 == 0 ? [$1] : [Span(", ", .muted), $1] }
    }

    /// The worst check of the sickest instance; nothing where all is well.
    static func worstCheck(of service: Service, _ glyphs: Glyphs) -> [Span] {
        guard let instance = service.instances.first, instance.told.health != .passing,
            let check = worst(of: instance.told)
        else { return [] }
        return [Span("\(service.name(of: instance)) ", .muted)] + words(check, glyphs)
    }

    static func worst(of instance: ServiceInstance) -> Check? {
        let worst = instance.checks.max { $0.status < $1.status }
        return worst?.status == .passing ? nil : worst
    }

    /// `grpc ✗ deadline exceeded`, and of what is well the name only.
    static func words(_ check: Check, _ glyphs: Glyphs) -> [Span] {
        let name = (check.name.isEmpty ? check.id : check.name).firstLine
        guard check.status != .passing else {
            return [Span("\(name) \(glyphs.done)", .muted)]
        }
        let sign = check.status == .critical ? glyphs.failed : check.status.rawValue
        let output = check.output.firstLine
        return [Span("\(name) ", .text), Span("\(sign) ", Style(check.status.role))]
            + [Span(output, .text)]
    }

    /// All checks of an instance, the worst first.
    static func checks(of instance: ServiceInstance, _ glyphs: Glyphs) -> [Span] {
        let checks = instance.checks.prefix(16).sorted { $0.status > $1.status }
        return checks.enumerated().flatMap { index, check in
            (index == 0 ? [] : [Span(" · ", .faint)]) + words(check, glyphs)
        }
    }
}
