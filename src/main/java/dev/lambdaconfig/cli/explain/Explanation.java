package dev.lambdaconfig.cli.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lambdaconfig.api.DriftedField;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.cli.cluster.ReportedState.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The explanation of one resource.
 *
 * @param namespace its namespace
 * @param name its name
 * @param state {@code Ready}, {@code Reconciling}, {@code Stalled}, {@code Suspended}, {@code
 *     Deleting} or {@code NotReconciled}
 * @param since when it became so, RFC 3339
 * @param reason the reason of its condition, an own one or AWS's code
 * @param message the condition's message
 * @param meaning what the reason means
 * @param function the ARN of its function, or how the spec names it
 * @param functionState the function's State, and the status of its last update
 * @param generation the generation of the spec
 * @param observedGeneration the generation that the status describes
 * @param drift the fields in which the function differs
 * @param driftSince since when it differs, RFC 3339
 * @param history the last updates, newest first
 * @param next what the operator does next, and when
 * @param whatToDo what a person does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Explanation(
    String namespace,
    String name,
    State state,
    @Nullable String since,
    @Nullable String reason,
    @Nullable String message,
    String meaning,
    String function,
    @Nullable String functionState,
    @Nullable Long generation,
    @Nullable Long observedGeneration,
    List<DriftedField> drift,
    @Nullable String driftSince,
    List<UpdateRecord> history,
    String next,
    String whatToDo) {}
