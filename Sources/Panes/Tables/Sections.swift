// Sections: which section draws which kind.

extension SectionKind {
    var section: any Section {
        switch self {
        case .services: ServiceRows()
        case .sagas: SagaRows()
        case .feeds: FeedRows()
        case .changes: ChangeRows()
        case .registry: RegistryRows()
        case .configurations: ConfigurationRows()
        case .traffic: TrafficRows()
        case .alerts: AlertRows()
        case .rules: RuleRows()
        case .problems: ProblemRows()
        case .mutes: MuteRows()
        case .instances: InstanceRows()
        case .operations: OperationRows()
        case .calls: CallRows()
        case .steps: StepRows()
        case .text, .summary, .heat, .course: TextRows()
        }
    }
}
