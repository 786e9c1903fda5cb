package dev.pergola.samples.partnerships;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcConnectionPool;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the service is made of. Names each auto-configuration it wants, so that what else
 * is on the class path changes nothing.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableConfigurationProperties(PartnershipsProperties.class)
@Import({ SecurityConfiguration.class, PartnershipController.class, ProblemHandler.class })
@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
		WebMvcAutoConfiguration.class, HttpEncodingAutoConfiguration.class,
		HttpMessageConvertersAutoConfiguration.class, JacksonAutoConfiguration.class,
		SecurityFilterAutoConfiguration.class })
class PartnershipsConfiguration {

	@Bean(destroyMethod = "dispose")
	JdbcConnectionPool dataSource(PartnershipsProperties properties) {
		String file = properties.directory().toAbsolutePath().resolve("partnerships").toString();
		// Each commit is on disk before it is acknowledged.
		JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:file:" + file + ";WRITE_DELAY=0", "sa", "");
		pool.setMaxConnections(8);
		return pool;
	}

	@Bean
	PartnershipStore partnershipStore(DataSource dataSource) {
		PartnershipStore store = new PartnershipStore(JdbcClient.create(dataSource));
		store.prepare(SeedData::today);
		return store;
	}

}
