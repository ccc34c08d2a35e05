package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.status.NextStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The health of a resource in Argo CD, by deploy/argocd/health.lua. */
class ArgoHealthTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SOON = Duration.ofSeconds(1);

  /** The Lua interpreter, behind the interface of a script engine. */
  private static final ScriptEngine LUA =
      Objects.requireNonNull(new ScriptEngineManager().getEngineByName("lua"), "no Lua");

  @Test
  void aResourceThatNobodyHasLookedAtIsProgressing() throws Exception {
    LambdaFunctionConfigStatus created = new LambdaFunctionConfigStatus();
    created.observedGeneration = -1L;

    assertThat(health(1, false, null)).startsWith("Progressing");
    assertThat(health(1, false, created)).startsWith("Progressing");
  }

  @Test
  void whatIsInSyncIsHealthyForItsGenerationOnly() throws Exception {
    LambdaFunctionConfigStatus ready = after(new Decision.InSync(SOON));

    assertThat(health(1, false, ready)).isEqualTo("Healthy: InSync: the function matches the spec");
    assertThat(health(2, false, ready)).startsWith("Progressing");
  }

  @Test
  void whatIsUnderWayIsProgressingWithItsReason() throws Exception {
    assertThat(
            health(
                1,
                false,
                after(new Decision.InProgress("UpdateInProgress", "AWS applies it", SOON))))
        .isEqualTo("Progressing: UpdateInProgress: AWS applies it");
    assertThat(health(1, false, NextStatus.after(null, 1, Instant.EPOCH).resumed()))
        .startsWith("Progressing: Resumed: ");
  }

  @Test
  void whatIsStalledIsDegradedWithAwssWords() throws Exception {
    assertThat(
            health(1, false, after(new Decision.Stalled("InvalidSubnet", "no \"subnet\"", SOON))))
        .isEqualTo("Degraded: InvalidSubnet: no \"subnet\"");
  }

  @Test
  void whatIsSuspendedIsSuspendedAcknowledgedOrNot() throws Exception {
    LambdaFunctionConfigStatus acknowledged = NextStatus.after(null, 1, Instant.EPOCH).suspended();

    assertThat(health(1, true, acknowledged)).startsWith("Suspended: ");
    assertThat(health(2, true, acknowledged)).startsWith("Suspended: ");
    assertThat(health(1, true, null)).startsWith("Suspended: ");
    // Resumed and not yet reconciled.
    assertThat(health(2, false, acknowledged)).startsWith("Progressing");
  }

  private static LambdaFunctionConfigStatus after(Decision decision) {
    return NextStatus.after(null, 1, Instant.EPOCH).decided(decision, null);
  }

  private static String health(
      long generation, boolean suspend, @Nullable LambdaFunctionConfigStatus status)
      throws IOException, ScriptException {
    ObjectNode resource = JSON.createObjectNode();
    resource.putObject("metadata").put("generation", generation);
    resource.putObject("spec").put("functionName", "orders");
    if (suspend) {
      ((ObjectNode) resource.get("spec")).put("suspend", true);
    }
    if (status != null) {
      resource.set("status", JSON.valueToTree(status));
    }
    String script = Files.readString(Path.of("deploy", "argocd", "health.lua"));
    return String.valueOf(
        LUA.eval(
            "local obj = "
                + literal(resource)
                + "\nlocal health = (function()\n"
                + script
                + "\nend)()\nreturn health.status .. ': ' .. health.message"));
  }

  /** A resource as a Lua literal, as Argo CD passes it: tables, strings, numbers and booleans. */
  private static String literal(JsonNode node) {
    if (node.isObject()) {
      return node.properties().stream()
          .map(member -> "['" + member.getKey() + "'] = " + literal(member.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (node.isArray()) {
      return StreamSupport.stream(node.spliterator(), false)
          .map(ArgoHealthTest::literal)
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return node.isNull() ? "nil" : node.toString();
  }
}
