"""White-label branding: a public body's own name, logo and colour, from the environment, in place of the site's own."""
