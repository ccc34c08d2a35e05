package dev.lambdaconfig.aws.read;

import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.identity.Identity;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The operator's ports over reads alone, so that its rate limits hold for them. Whatever lists show
 * is kept, because a command that ends looks at it once.
 */
final class ReadOnlyLambda implements LambdaFunctions, FunctionLists {

  private final FunctionReads reads;

  /** The listed functions by Region and ARN. */
  private final Map<String, Map<String, ObservedFunction>> listed = new ConcurrentHashMap<>();

  ReadOnlyLambda(FunctionReads reads) {
    this.reads = reads;
  }

  @Override
  public Answer read(Target target) {
    return reads.read(target);
  }

  @Override
  public Answer readFunction(Target target) {
    return reads.readFunction(target);
  }

  /**
   * Never sends anything.
   *
   * @throws IllegalStateException always
   */
  @Override
  public Sent update(Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
    throw new IllegalStateException("this command only reads");
  }

  @Override
  public FunctionLists.Listed list(
      String region, @Nullable Identity identity, @Nullable String marker) {
    return switch (reads.page(region, marker)) {
      case FunctionReads.Refused refused -> new Failed(refused.failure());
      case FunctionReads.Listed page -> {
        page.functions().forEach(function -> keep(region, function));
        yield new Page(
            page.functions().stream().map(ReadOnlyLambda::entry).toList(), page.nextMarker());
      }
    };
  }

  private void keep(String region, ObservedFunction function) {
    listed
        .computeIfAbsent(region, name -> new ConcurrentHashMap<>())
        .put(Objects.requireNonNullElse(function.name(), ""), function);
  }

  private static ListedFunction entry(ObservedFunction function) {
    return new ListedFunction(
        Objects.requireNonNullElse(function.name(), ""),
        FunctionReference.accountIn(function.arn()),
        function.revisionId(),
        function.configuration().hashCode());
  }

  /** The function of a target as the lists have shown it, or null. */
  @Nullable ObservedFunction listed(Target target) {
    ObservedFunction function =
        listed.getOrDefault(target.region(), Map.of()).get(target.key().name());
    String named = target.account();
    return function == null
            || (named != null && !named.equals(FunctionReference.accountIn(function.arn())))
        ? null
        : function;
  }
}
