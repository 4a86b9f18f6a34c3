/// The number of a measure in its own unit: a share in percent, a duration as one, anything else with the KPI's unit.

public import DocketSemantics

public enum MeasureFigure {
  public static func text(_ value: Double, of kpi: CheckedKPI) -> String {
    if kpi.valueType == .duration { return Figures.duration(seconds: value) }
    if case .aggregate(let number) = kpi.value.kind, kpi.aggregates[number].kind == .ratio {
      return Figures.percent(value)
    }
    return Figures.number(value) + (kpi.unit.map { " \($0)" } ?? "")
  }
}
