package dev.lambdaconfig.controller;

import dev.lambdaconfig.controller.resource.ReferencedValues;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.ValueSource;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.values.InMemoryValueSources;
import dev.lambdaconfig.values.ReadPlaces;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Secret {@code db} of a simulated run, whose key {@code password} specs can refer to. */
final class SimulatedValues {

  private static final SourceKey DB = SourceKey.secret("db");

  private final InMemoryValueSources sources = new InMemoryValueSources();
  private final ReferencedValues values =
      new ReferencedValues(sources, new ReadPlaces(System::nanoTime, resource -> {}));

  /** The password that the operator can read, or null where there is none. */
  @Nullable String password;

  /** Writes the Secret; the same password makes another version all the same. */
  void write(String value) {
    password = value;
    sources.put(DB, Map.of("password", value));
  }

  void delete() {
    password = null;
    sources.remove(DB);
  }

  /** Takes away the right to read the Secret. */
  void forbid() {
    password = null;
    sources.put(DB, new ValueSource.Denied("RBAC does not allow the operator to get secrets"));
  }

  /** What a reconcile makes of its spec. */
  Reconciliation resolved(Reconciliation gathered) {
    Desired desired = values.read(gathered.resource(), gathered.spec(), gathered.managed());
    return gathered.desiring(
        desired.unresolved() == null
            ? desired.owning(gathered.previous().ownership(), gathered.previous()::enforced)
            : desired);
  }
}
