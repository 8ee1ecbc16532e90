package kafkon.readiness;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The agent's argument: {@code port=8078,role=broker|controller|combined}, both required. */
final class Settings {
    final int port;
    final Role role;

    private Settings(int port, Role role) {
        this.port = port;
        this.role = role;
    }

    /** Fails with an IllegalArgumentException that names what is wrong. */
    static Settings parse(String argument) {
        Map<String, String> values = new HashMap<>();
        for (String pair : (argument == null ? "" : argument).split(",")) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (!key.equals("port") && !key.equals("role")) {
                throw new IllegalArgumentException("unknown setting \"" + pair + "\"; use port=NUMBER,role=broker|controller|combined");
            }
            values.put(key, equals < 0 ? "" : pair.substring(equals + 1));
        }
        return new Settings(port(values.getOrDefault("port", "")), role(values.getOrDefault("role", "")));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw new IllegalArgumentException("port \"" + text + "\" is not a number from 1 to 65535");
    }

    private static Role role(String text) {
        for (Role role : Role.values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(text)) {
                return role;
            }
        }
        throw new IllegalArgumentException("role \"" + text + "\" is not broker, controller or combined");
    }
}
