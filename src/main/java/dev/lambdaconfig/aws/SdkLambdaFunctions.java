package dev.lambdaconfig.aws;

import dev.lambdaconfig.settings.Answer;
import dev.lambdaconfig.settings.ObservedFunction;
import dev.lambdaconfig.settings.Value;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/** {@link LambdaFunctions} by the AWS SDK. */
public final class SdkLambdaFunctions implements LambdaFunctions {

  private final LambdaClients clients;

  /** Calls through the given clients. */
  public SdkLambdaFunctions(LambdaClients clients) {
    this.clients = clients;
  }

  @Override
  public Answer read(Target target) {
    return call(
        target,
        client ->
            client.getFunctionConfiguration(
                request -> request.functionName(target.functionName())));
  }

  @Override
  public Answer update(
      Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
    UpdateFunctionConfigurationRequest.Builder request =
        UpdateFunctionConfigurationRequest.builder();
    SdkValues.write(members, request);
    request.functionName(target.functionName()).revisionId(revisionId);
    return call(target, client -> client.updateFunctionConfiguration(request.build()));
  }

  private Answer call(Target target, Function<LambdaClient, SdkPojo> operation) {
    try {
      clients.requireCredentials();
    } catch (SdkException e) {
      return new Answer.Failed(SdkFailures.ofCredentials(e));
    }
    try {
      SdkPojo response = operation.apply(clients.in(target.region()));
      return new Answer.Described(new ObservedFunction(SdkValues.read(response)));
    } catch (SdkException e) {
      return new Answer.Failed(SdkFailures.of(e));
    }
  }
}
