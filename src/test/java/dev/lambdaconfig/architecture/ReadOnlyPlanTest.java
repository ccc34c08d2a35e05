package dev.lambdaconfig.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.lambdaconfig.architecture.MainClasses.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import dev.lambdaconfig.aws.sdk.SdkFunctionReads;
import dev.lambdaconfig.aws.sdk.SdkLambdaFunctions;
import dev.lambdaconfig.aws.sdk.http.GetOnlyHttpClient;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;

/** The command {@code plan} has no way to send a write to AWS. */
final class ReadOnlyPlanTest {

  @Test
  void nothingOfThePlanKnowsTheAdapterThatWrites() {
    MainClasses.check(
        noClasses()
            .that()
            .resideInAnyPackage(BASE + "cli.plan..", BASE + "aws.read..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(SdkLambdaFunctions.class));
  }

  @Test
  void itsClientsAreTheOnesThatCanOnlyRead() {
    MainClasses.check(
        noClasses()
            .that()
            .resideInAnyPackage(BASE + "cli.plan..")
            .should()
            .callMethodWhere(
                describe(
                    "a client that can write",
                    call ->
                        call.getTargetOwner().getSimpleName().equals("LambdaClients")
                            && !Set.of("onlyReading", "close").contains(call.getName()))));
  }

  @Test
  void itsAdapterCallsReadsOnly() {
    Set<String> called = new TreeSet<>();
    for (JavaMethodCall call :
        MainClasses.ALL.get(SdkFunctionReads.class).getMethodCallsFromSelf()) {
      if (call.getTargetOwner().getSimpleName().equals("LambdaClient")) {
        called.add(call.getName());
      }
    }

    assertThat(called)
        .containsExactly("getFunction", "getFunctionConfiguration", "listFunctions", "listTags");
  }

  @ParameterizedTest
  @EnumSource(SdkHttpMethod.class)
  void itsHttpClientSendsNothingButGet(SdkHttpMethod method) {
    // Given
    List<SdkHttpMethod> sent = new ArrayList<>();
    HttpExecuteRequest request =
        HttpExecuteRequest.builder()
            .request(
                SdkHttpFullRequest.builder()
                    .method(method)
                    .uri(URI.create("https://lambda.eu-west-1.amazonaws.com/"))
                    .build())
            .build();

    try (GetOnlyHttpClient client = new GetOnlyHttpClient(recording(sent))) {
      if (method == SdkHttpMethod.GET) {
        // When
        var unused = client.prepareRequest(request);

        // Then
        assertThat(sent).containsExactly(SdkHttpMethod.GET);
      } else {
        assertThatThrownBy(() -> client.prepareRequest(request))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("this command only reads, and sends no " + method);
        assertThat(sent).isEmpty();
      }
    }
  }

  private static SdkHttpClient recording(List<SdkHttpMethod> sent) {
    return new SdkHttpClient() {
      @Override
      public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        sent.add(request.httpRequest().method());
        return new ExecutableHttpRequest() {
          @Override
          public HttpExecuteResponse call() throws IOException {
            throw new IOException("nothing is sent");
          }

          @Override
          public void abort() {}
        };
      }

      @Override
      public void close() {}
    };
  }
}
