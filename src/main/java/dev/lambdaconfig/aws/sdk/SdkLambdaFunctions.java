package dev.lambdaconfig.aws.sdk;

import dev.lambdaconfig.aws.CallListener;
import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/** The ports {@link LambdaFunctions} and {@link FunctionLists}, implemented by the AWS SDK. */
public final class SdkLambdaFunctions implements LambdaFunctions, FunctionLists {

  private final LambdaClients clients;
  private final CallListener listener;

  /** Calls through the given clients, and notifies the listener of each call. */
  public SdkLambdaFunctions(LambdaClients clients, CallListener listener) {
    this.clients = clients;
    this.listener = listener;
  }

  @Override
  public Answer read(Target target) {
    return describe(
        "GetFunctionConfiguration",
        target,
        client ->
            client.getFunctionConfiguration(
                request -> request.functionName(target.functionName())));
  }

  @Override
  public Answer readFunction(Target target) {
    return describe(
        "GetFunction",
        target,
        client ->
            Objects.requireNonNullElseGet(
                client
                    .getFunction(request -> request.functionName(target.functionName()))
                    .configuration(),
                () -> FunctionConfiguration.builder().build()));
  }

  @Override
  public Answer update(
      Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
    UpdateFunctionConfigurationRequest.Builder request =
        UpdateFunctionConfigurationRequest.builder();
    SdkValues.write(members, request);
    request.functionName(target.functionName()).revisionId(revisionId);
    return describe(
        "UpdateFunctionConfiguration",
        target,
        client -> client.updateFunctionConfiguration(request.build()));
  }

  @Override
  public Listed list(String region, @Nullable String marker) {
    return call(
        "ListFunctions",
        region,
        client -> page(client.listFunctions(request -> request.marker(marker))),
        Failed::new);
  }

  private Answer describe(
      String operation, Target target, Function<LambdaClient, SdkPojo> described) {
    return call(
        operation,
        target.region(),
        client ->
            new Answer.Described(new ObservedFunction(SdkValues.read(described.apply(client)))),
        Answer.Failed::new);
  }

  /** Makes one attempt, and notifies the listener of its outcome. */
  private <T> T call(
      String operation,
      String region,
      Function<LambdaClient, T> made,
      Function<Failure, ? extends T> failed) {
    try {
      clients.requireCredentials();
    } catch (SdkException e) {
      return failed.apply(SdkFailures.ofCredentials(e));
    }
    long began = System.nanoTime();
    try {
      T answer = clients.call(region, made);
      listener.called(operation, region, null, since(began));
      return answer;
    } catch (SdkException e) {
      Failure failure = SdkFailures.of(e);
      listener.called(operation, region, FailureKind.of(failure), since(began));
      return failed.apply(failure);
    }
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static Page page(ListFunctionsResponse response) {
    List<ListedFunction> functions =
        response.functions().stream()
            .filter(function -> function.functionName() != null)
            .map(SdkLambdaFunctions::listed)
            .toList();
    String next = response.nextMarker();
    return new Page(functions, next == null || next.isEmpty() ? null : next);
  }

  private static ListedFunction listed(FunctionConfiguration function) {
    return new ListedFunction(
        function.functionName(),
        FunctionReference.accountIn(function.functionArn()),
        function.revisionId(),
        function.toBuilder().revisionId(null).build().hashCode());
  }
}
