package dev.lambdaconfig.kube.schema;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** The members of a spec and of a status by their paths, such as {@code history[].cause}. */
final class SchemaMembers {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The members of a spec that this operator knows: all that its classes have. */
  static final Set<String> SPEC = of(LambdaFunctionConfigSpec.class);

  /** The members of a status that this operator writes. */
  static final Set<String> STATUS = of(LambdaFunctionConfigStatus.class);

  private SchemaMembers() {}

  private static Set<String> of(Class<?> type) {
    return Collections.unmodifiableSet(add("", JSON.constructType(type), new TreeSet<>()));
  }

  private static Set<String> add(String prefix, JavaType type, Set<String> into) {
    for (BeanPropertyDefinition property :
        JSON.getSerializationConfig().introspect(type).findProperties()) {
      String path = prefix + property.getName();
      into.add(path);
      JavaType inner = property.getPrimaryType();
      boolean list = inner.isCollectionLikeType();
      JavaType content = list ? inner.getContentType() : inner;
      if (content.getRawClass().getPackage() == LambdaFunctionConfig.class.getPackage()) {
        add(path + (list ? "[]." : "."), content, into);
      }
    }
    return into;
  }

  /** Those of the given members that a schema does not declare. */
  static Set<String> undeclared(Collection<String> members, JsonNode schema) {
    Set<String> undeclared = new TreeSet<>();
    for (String member : members) {
      if (!declares(schema, member)) {
        undeclared.add(member);
      }
    }
    return undeclared;
  }

  private static boolean declares(JsonNode served, String member) {
    JsonNode schema = served;
    for (String step : member.split("\\.", -1)) {
      if (schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
        return true;
      }
      boolean list = step.endsWith("[]");
      schema = schema.path("properties").path(list ? step.substring(0, step.length() - 2) : step);
      if (list) {
        schema = schema.path("items");
      }
    }
    return !schema.isMissingNode();
  }
}
