package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.aws.Target;
import dev.lambdaconfig.plan.OperatorMode;
import dev.lambdaconfig.settings.FunctionReference;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who may write to a function: of all resources that name it, whatever their spelling and
 * namespace, the oldest. Two that both write would put back each other's changes for ever.
 *
 * <p>Resources are found by an index of the cache, which is complete before the first pass. Region
 * and name are known from the spec; the account is known from an ARN only, and an unknown one
 * counts as the same: better to stall one resource too many than to fight.
 */
final class Claims {

  private static final String INDEX = "function";

  private static final Comparator<LambdaFunctionConfig> BY_AGE =
      Comparator.comparing(
              (LambdaFunctionConfig resource) -> resource.getMetadata().getCreationTimestamp())
          .thenComparing(resource -> resource.getMetadata().getUid());

  private final IndexerResourceCache<LambdaFunctionConfig> cache;
  private final Targets targets;
  private final OperatorMode mode;

  Claims(IndexerResourceCache<LambdaFunctionConfig> cache, Targets targets, OperatorMode mode) {
    this.cache = cache;
    this.targets = targets;
    this.mode = mode;
    cache.addIndexer(INDEX, this::keys);
  }

  /** The resource that comes before this one, or null if this one may write. */
  @Nullable LambdaFunctionConfig olderOwner(Pass pass) {
    LambdaFunctionConfig resource = pass.resource();
    if (!claims(resource)) {
      return null;
    }
    String arn = pass.arn();
    String account = arn == null ? account(resource) : FunctionReference.accountIn(arn);
    return sharing(resource).stream()
        .filter(this::claims)
        .filter(other -> BY_AGE.compare(other, resource) < 0)
        .filter(other -> mayBeSame(account, account(other)))
        .min(BY_AGE)
        .orElse(null);
  }

  /** The other resources that name a function of this Region and name. */
  List<LambdaFunctionConfig> sharing(LambdaFunctionConfig resource) {
    String uid = resource.getMetadata().getUid();
    return keys(resource).stream()
        .flatMap(key -> cache.byIndex(INDEX, key).stream())
        .filter(other -> !Objects.equals(uid, other.getMetadata().getUid()))
        .toList();
  }

  private List<String> keys(LambdaFunctionConfig resource) {
    LambdaFunctionConfigSpec spec = resource.getSpec();
    if (spec == null) {
      return List.of();
    }
    try {
      Target target = targets.of(spec);
      return List.of(target.region() + "/" + FunctionReference.parse(target.functionName()).name());
    } catch (IllegalArgumentException e) {
      // What names no function claims none; its own pass tells what is wrong with it.
      return List.of();
    }
  }

  /** A suspended resource keeps its claim; an observing one never writes, and has none. */
  boolean claims(LambdaFunctionConfig resource) {
    LambdaFunctionConfigSpec spec = resource.getSpec();
    return spec != null && !mode.observes(spec);
  }

  private static boolean mayBeSame(@Nullable String account, @Nullable String other) {
    return account == null || other == null || account.equals(other);
  }

  private static @Nullable String account(LambdaFunctionConfig resource) {
    LambdaFunctionConfigStatus status = resource.getStatus();
    if (status != null && status.functionArn != null) {
      return FunctionReference.accountIn(status.functionArn);
    }
    LambdaFunctionConfigSpec spec = resource.getSpec();
    return spec == null ? null : FunctionReference.accountIn(spec.functionName());
  }
}
