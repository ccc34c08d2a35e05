package dev.lambdaconfig.aws.sdk;

import dev.lambdaconfig.aws.CallListener;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The functions of an endpoint that answers every request with the same text. */
final class RawFunctions implements AfterEachCallback {

  private final RawEndpoint endpoint;
  private final LambdaClients clients;
  private final SdkLambdaFunctions functions;

  RawFunctions() {
    try {
      endpoint = new RawEndpoint();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    clients = endpoint.clients();
    functions = new SdkLambdaFunctions(clients, CallListener.NONE);
  }

  void answers(String text) {
    endpoint.answers(text);
  }

  void answers(int status, String type, String text) {
    endpoint.answers(status, type, text);
  }

  LambdaClients clients() {
    return clients;
  }

  SdkLambdaFunctions functions() {
    return functions;
  }

  /** Updates a function, guarded by a RevisionId. */
  Answer update(Target target) {
    return functions
        .update(target, new TreeMap<>(Map.of("Timeout", new Value.Numeral(BigDecimal.TEN))), "r1")
        .answer();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    clients.close();
    endpoint.close();
  }
}
