package dev.lambdaconfig.plan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What compression must not change of any spec. */
final class CompressedSpecPropertiesTest {

  private static final int SPECS = 3000;

  private final ObjectMapper json = new ObjectMapper();
  private final long seed = new Random().nextLong();
  private final Generator generator = new Generator(seed);

  @Test
  void eachSpecIsDecodedAsItWas() throws JsonProcessingException {
    for (int i = 0; i < SPECS; i++) {
      // Given
      ObjectNode manifest = json.createObjectNode();
      manifest.set("spec", generator.spec());
      String text = manifest.toString();
      LambdaFunctionConfigSpec spec = requireNonNull(read(text).getSpec());

      // When
      LambdaFunctionConfig compressed = read(text);
      compressed.compress();

      // Then
      assertThat(compressed.getSpec()).as("seed %d, spec %d", seed, i).isEqualTo(spec);
      assertThat(compressed.copy().getSpec()).as("seed %d, spec %d", seed, i).isEqualTo(spec);
      assertThat(compressed.toString()).doesNotContain(Generator.CANARY);
    }
  }

  private LambdaFunctionConfig read(String text) throws JsonProcessingException {
    return json.readValue(text, LambdaFunctionConfig.class);
  }
}
