package dev.lambdaconfig.controller;

import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.aws.KnownRegions;
import dev.lambdaconfig.decision.OperatorMode;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the operator that its controller uses.
 *
 * @param namespaces the namespaces whose resources the operator watches; empty for all
 * @param regions the Regions whose functions are kept
 * @param sweepInterval how soon a change of a function is to be noticed
 * @param allowUnguarded whether to update functions whose endpoint gives no RevisionId
 * @param restoreTimeout how long a deletion may wait for fields to come back
 * @param mode whether to update any function
 * @param identityRequired whether resources have to name a ServiceAccount
 * @param operatorNamespace where environment values are kept under {@code deletionPolicy: Restore},
 *     or null for nowhere
 * @param policy what resources may name, as it is in force now
 */
public record OperatorSettings(
    Set<String> namespaces,
    KnownRegions regions,
    Duration sweepInterval,
    boolean allowUnguarded,
    Duration restoreTimeout,
    OperatorMode mode,
    boolean identityRequired,
    @Nullable String operatorNamespace,
    Supplier<Policy> policy) {}
