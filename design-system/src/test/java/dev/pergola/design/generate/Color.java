package dev.pergola.design.generate;

/**
 * An opaque or transparent sRGB colour.
 *
 * @param red from 0 to 1, as the other channels
 */
record Color(double red, double green, double blue, double alpha) {

	/**
	 * From OKLCH, by the matrices of CSS Color 4. A colour outside sRGB loses chroma
	 * until it fits, so lightness and hue stay.
	 */
	static Color oklch(double lightness, double chroma, double hue, double alpha) {
		double fitting = chroma;
		Color color = convert(lightness, fitting, hue, alpha);
		while (!color.inGamut() && fitting > 0) {
			fitting = Math.max(0, fitting - 0.002);
			color = convert(lightness, fitting, hue, alpha);
		}
		return new Color(clip(color.red), clip(color.green), clip(color.blue), alpha);
	}

	/** Contrast ratio as WCAG 2.2 defines it, from 1 to 21. */
	double contrast(Color other) {
		double mine = luminance();
		double theirs = other.luminance();
		return (Math.max(mine, theirs) + 0.05) / (Math.min(mine, theirs) + 0.05);
	}

	String css() {
		String hex = "#%02x%02x%02x".formatted(eight(this.red), eight(this.green), eight(this.blue));
		return (this.alpha < 1) ? hex + "%02x".formatted(eight(this.alpha)) : hex;
	}

	private static Color convert(double lightness, double chroma, double hue, double alpha) {
		double a = chroma * Math.cos(Math.toRadians(hue));
		double b = chroma * Math.sin(Math.toRadians(hue));
		double l = Math.pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
		double m = Math.pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
		double s = Math.pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
		return new Color(encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
				encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
				encode(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s), alpha);
	}

	private static double encode(double linear) {
		return (linear <= 0.0031308) ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
	}

	private static double decode(double encoded) {
		return (encoded <= 0.04045) ? encoded / 12.92 : Math.pow((encoded + 0.055) / 1.055, 2.4);
	}

	private static double clip(double channel) {
		return Math.clamp(channel, 0, 1);
	}

	private static long eight(double channel) {
		return Math.round(channel * 255);
	}

	private boolean inGamut() {
		double slack = 0.0005;
		return Math.min(this.red, Math.min(this.green, this.blue)) >= -slack
				&& Math.max(this.red, Math.max(this.green, this.blue)) <= 1 + slack;
	}

	/** Of the eight-bit colour that reaches the screen, not of the exact one. */
	private double luminance() {
		return 0.2126 * decode(eight(this.red) / 255.0) + 0.7152 * decode(eight(this.green) / 255.0)
				+ 0.0722 * decode(eight(this.blue) / 255.0);
	}

}
